//! `describe_operation`: what an operation takes, returns and can go wrong with, within a number of tokens.

mod outline;
mod path;

use plaid_catalog::model::{Field, Kind, Operation, Redaction, ResponseBody, Sample, Type};
use plaid_catalog::tools::json;
use plaid_catalog::{Address, Catalog, Language};

use self::outline::{DETAILS, Detail, Outline};
use self::path::Place;
use super::{effects, names, text};

/// The most bytes of a description: 2,500 tokens of four bytes, with room for the frame of a result.
const MOST: usize = 9_600;

/// The most bytes of its parts, if nothing particular was asked for.
const REQUEST: usize = 5_200;
const RESPONSE: usize = 1_500;
const EXAMPLE: usize = 1_000;
const LONG_TEXT: usize = 700;

/// What of an operation is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Everything in short.
    All,
    /// What it takes.
    Request,
    /// What it returns.
    Response,
    /// What can go wrong.
    Errors,
    /// A call in a language, with the values of the example.
    Code(Language),
}

impl Part {
    /// The part of this name.
    pub fn named(name: Option<&str>) -> Result<Self, String> {
        match name {
            None => Ok(Self::All),
            Some("request") => Ok(Self::Request),
            Some("response") => Ok(Self::Response),
            Some("errors") => Ok(Self::Errors),
            Some(other) => Language::of(other)
                .map(Self::Code)
                .map_err(|_| format!("unknown part `{other}`. The parts are: {}", Self::names().join(", "))),
        }
    }
}

impl Part {
    /// The names of all parts: languages are those of a call.
    pub fn names() -> Vec<&'static str> {
        ["request", "response", "errors"].into_iter().chain(Language::ALL.map(Language::id)).collect()
    }
}

/// An operation, or a part of it, or a property at a path in a part.
pub fn describe(catalog: &Catalog, operation: &Operation, part: Part, path: Option<&str>) -> Result<String, String> {
    if let Some(path) = path.filter(|path| !path.is_empty()) {
        return property(catalog, operation, part, path);
    }
    let title = title(catalog, operation);
    let text = match part {
        Part::All => all(catalog, operation, &title),
        Part::Request => format!("{title}\n\n{}", request(catalog, operation, MOST.saturating_sub(title.len() + 100))),
        Part::Response => {
            format!("{title}\n\n{}", response(catalog, operation, MOST.saturating_sub(title.len() + 100)))
        }
        Part::Errors => format!("{title}\n\n{}", errors(catalog, operation, 400, 60)),
        Part::Code(language) => {
            let code = catalog.snippet(&operation.id, &operation.samples, language, Address::Api);
            code.map_err(|error| error.to_string())?.text()
        }
    };
    Ok(cut(&text))
}

/// An operation with everything, for a resource.
pub fn whole(catalog: &Catalog, operation: &Operation) -> String {
    let [richest, ..] = DETAILS;
    let parts = [
        title(catalog, operation),
        about(operation, usize::MAX),
        format!("## Request\n\n{}", request_fields(catalog, operation, richest).0),
        example(catalog, operation, usize::MAX),
        format!("## Response\n\n{}", response_fields(catalog, operation, richest).0),
        format!("## Errors\n\n{}", errors(catalog, operation, usize::MAX, usize::MAX)),
        next(catalog, operation, usize::MAX),
    ];
    parts.iter().filter(|part| !part.is_empty()).map(|part| part.trim_end()).collect::<Vec<_>>().join("\n\n") + "\n"
}

fn title(catalog: &Catalog, operation: &Operation) -> String {
    let name = names::of(catalog, operation);
    let deprecated = if operation.docs.deprecated { "\nDeprecated." } else { "" };
    format!("# {name}: {} {}\nIt {}.{deprecated}", operation.method, operation.path, effects::about(operation))
}

fn all(catalog: &Catalog, operation: &Operation, title: &str) -> String {
    let mut parts = vec![title.to_owned(), about(operation, LONG_TEXT)];
    parts.push(request(catalog, operation, REQUEST));
    parts.push(example(catalog, operation, EXAMPLE));
    parts.push(response(catalog, operation, RESPONSE));
    parts.push(errors(catalog, operation, 110, 6));
    parts.push(next(catalog, operation, 6));
    if effects::moves_money(operation) {
        parts.push("Ask the person before you call it.".to_owned());
    }
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn about(operation: &Operation, most: usize) -> String {
    text::whole(&operation.docs, most)
}

fn request(catalog: &Catalog, operation: &Operation, most: usize) -> String {
    let ways = |detail| request_fields(catalog, operation, detail);
    section("Arguments", "part: \"request\" with path", most, ways)
}

fn response(catalog: &Catalog, operation: &Operation, most: usize) -> String {
    match &operation.response.body {
        ResponseBody::Json(_) => {
            let ways = |detail| response_fields(catalog, operation, detail);
            section("Response", "part: \"response\", with path", most, ways)
        }
        ResponseBody::Binary(media) => format!("Response: a file of the type {media}"),
        ResponseBody::Empty => "Response: nothing".to_owned(),
    }
}

/// The richest of the outlines that fits.
fn section(name: &str, deeper: &str, most: usize, ways: impl Fn(Detail) -> (String, bool)) -> String {
    let mut best = (String::new(), false);
    for detail in DETAILS {
        best = ways(detail);
        if best.0.len() <= most {
            break;
        }
    }
    let (mut lines, mut is_cut) = best;
    if lines.is_empty() {
        return format!("{name}: none");
    }
    if lines.len() > most {
        let kept = lines.char_indices().take_while(|(at, _)| *at < most).filter(|(_, c)| *c == '\n').last();
        let left = lines.lines().count();
        lines.truncate(kept.map_or(0, |(at, _)| at + 1));
        let left = left - lines.lines().count();
        lines.push_str(&format!("- … {left} more\n"));
        is_cut = true;
    }
    let hint = if is_cut { format!(" (in short; for more ask with {deeper})") } else { String::new() };
    format!("{name}{hint}:\n{}", lines.trim_end())
}

fn request_fields(catalog: &Catalog, operation: &Operation, detail: Detail) -> (String, bool) {
    let (mut lines, mut is_cut) = (String::new(), false);
    for parameter in &operation.parameters {
        let (line, cut) = Outline::of_field(catalog.api(), &parameter.field, true, detail);
        lines.push_str(&line);
        is_cut |= cut;
    }
    if let Some(body) = &operation.body {
        let (all, cut) = Outline::of(catalog.api(), &body.ty, true, detail);
        lines.push_str(&all);
        is_cut |= cut;
    }
    (lines, is_cut)
}

fn response_fields(catalog: &Catalog, operation: &Operation, detail: Detail) -> (String, bool) {
    match &operation.response.body {
        ResponseBody::Json(ty) => Outline::of(catalog.api(), ty, false, detail),
        ResponseBody::Binary(_) | ResponseBody::Empty => (String::new(), false),
    }
}

/// The smallest useful arguments. Tokens in it are invented, so they are shortened to what a model has to replace.
fn example(catalog: &Catalog, operation: &Operation, most: usize) -> String {
    let samples = &operation.samples;
    let members = |sample: &Option<Sample>| match sample {
        Some(Sample::Object(all)) => all.clone(),
        _ => Vec::new(),
    };
    let mut all =
        members(&samples.parameters.clone().filter(|_| operation.parameters.iter().any(|one| one.field.required)));
    all.extend(members(&samples.request));
    let fields = top_fields(catalog, operation);
    for (name, value) in &mut all {
        let field = fields.iter().find(|field| field.wire == *name);
        if field.is_some_and(|field| field.redacted == Some(Redaction::Credential))
            && let Sample::Text(text) = value
        {
            *text = format!("<handle of {}>", name.replace('_', " "));
        }
    }
    let text = json::json(&Sample::Object(all));
    if text.len() > most || text == "{}" { String::new() } else { format!("Example of arguments: {text}") }
}

fn errors(catalog: &Catalog, operation: &Operation, most: usize, count: usize) -> String {
    let codes = catalog.error_codes_of(operation);
    if codes.is_empty() {
        return "Errors: those of all operations. An error says what to do about it.".to_owned();
    }
    let lines = codes.iter().take(count).map(|code| format!("- {}: {}", code.wire, text::short(&code.advice, most)));
    let more = codes.len().saturating_sub(count);
    let more = if more > 0 { format!("\n- … {more} more: ask with part: \"errors\"") } else { String::new() };
    format!("Errors besides those of all operations:\n{}{more}", lines.collect::<Vec<_>>().join("\n"))
}

fn next(catalog: &Catalog, operation: &Operation, count: usize) -> String {
    let lines = catalog.next(operation).into_iter().take(count);
    let lines = lines
        .map(|(next, reason)| format!("- {}: {}", names::of(catalog, next), text::short(&text::line(reason), 120)));
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { String::new() } else { format!("What usually follows:\n{}", lines.join("\n")) }
}

/// The parameters and the properties of the body.
fn top_fields<'a>(catalog: &'a Catalog, operation: &'a Operation) -> Vec<&'a Field> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.field);
    let body = operation.body.as_ref().and_then(|body| body.ty.named());
    let body = body.map(|id| path::members(catalog.api(), id, &mut Vec::new())).unwrap_or_default();
    parameters.chain(body).collect()
}

fn property(catalog: &Catalog, operation: &Operation, part: Part, wanted: &str) -> Result<String, String> {
    let api = catalog.api();
    let (is_request, side, fields) = match part {
        Part::All | Part::Request => (true, "request", top_fields(catalog, operation)),
        Part::Response => {
            let id = match &operation.response.body {
                ResponseBody::Json(ty) => ty.named(),
                ResponseBody::Binary(_) | ResponseBody::Empty => None,
            };
            (false, "response", id.map(|id| path::members(api, id, &mut Vec::new())).unwrap_or_default())
        }
        Part::Errors | Part::Code(_) => {
            return Err("only the request and the response have paths. Ask for part: \"request\"".to_owned());
        }
    };
    let name = names::of(catalog, operation);
    let place = path::find(api, &fields, wanted)
        .map_err(|error| format!("`{}` in the {side} of {name}: {error}", text::short(wanted, 200)))?;
    let (docs, ty) = match place {
        Place::Field(field) => (text::whole(&field.docs, 2_000), &field.ty),
        Place::Values(ty) => (String::new(), ty),
    };
    let head = format!("`{}` in the {side} of {name}", text::short(wanted, 200));
    let values = enum_values(catalog, ty);
    let most = MOST.saturating_sub(head.len() + docs.len() + values.len().min(4_000) + 200);
    let outline = section("Shape", "a longer path", most, |detail| match place {
        Place::Field(field) => Outline::of_field(api, field, is_request, detail),
        Place::Values(ty) => Outline::of(api, ty, is_request, detail),
    });
    let parts = [head, docs, outline, values];
    Ok(cut(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")))
}

/// All values of an enum, with what they mean.
fn enum_values(catalog: &Catalog, ty: &Type) -> String {
    let leaf = catalog.api().resolve(ty).leaf();
    let Type::Named(id) = catalog.api().resolve(leaf) else { return String::new() };
    let Some(Kind::Enum(list)) = catalog.api().get(id).map(|def| &def.kind) else { return String::new() };
    let room = (4_000 / list.values.len().max(1)).saturating_sub(40);
    let lines = list.values.iter().map(|value| {
        let about = text::summary(&value.docs, room);
        if about.is_empty() { format!("- {}", value.value) } else { format!("- {}: {about}", value.value) }
    });
    format!("Its values:\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// A text of at most [`MOST`] bytes.
fn cut(text: &str) -> String {
    if text.len() <= MOST {
        return text.trim_end().to_owned();
    }
    let end = (0..=MOST - 40).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    format!("{}\n… (cut; ask for a part or a path)", text.get(..end).unwrap_or_default())
}

#[cfg(test)]
mod tests;
