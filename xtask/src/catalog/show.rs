//! `cargo xtask catalog show OPERATION`: everything about an operation, as text.

use api_tools::catalog::Catalog;
use api_tools::json;
use api_tools::samples::{Sampler, Size};
use api_tools::unknown::Unknown;
use codegen::api_model::{
    Api, Docs, Effect, Field, Idempotency, Kind, Literal, Operation, Paging, ResponseBody, Text, Type, TypeId,
};

use super::page::{Page, first_sentence};

/// How many characters the listed values of an enum may have.
const VALUES: usize = 48;

/// The page about an operation. Properties are shown down to a depth.
pub fn page(catalog: &Catalog, name: &str, depth: usize) -> Result<String, Unknown> {
    let operation = catalog.find_operation(name)?;
    let api = catalog.api();
    let mut page = Page::default();
    head(&mut page, catalog, operation);
    let parameters = operation.parameters.iter().map(|parameter| &parameter.field);
    let parameters: Vec<&Field> = parameters.collect();
    if !parameters.is_empty() {
        page.title("Parameters");
        let mut fields = Fields { api, page: &mut page, most: depth, inside: Vec::new() };
        fields.list(&parameters, 1);
    }
    if let Some(body) = &operation.body {
        page.title(&format!("Request: {}", label(api, &body.ty)));
        Fields { api, page: &mut page, most: depth, inside: Vec::new() }.body(&body.ty);
    }
    let statuses: Vec<String> = operation.response.statuses.iter().map(ToString::to_string).collect();
    match &operation.response.body {
        ResponseBody::Json(ty) => {
            page.title(&format!("Response {}: {}", statuses.join(", "), label(api, ty)));
            Fields { api, page: &mut page, most: depth, inside: Vec::new() }.body(ty);
        }
        ResponseBody::Binary(media) => page.title(&format!("Response {}: {media}", statuses.join(", "))),
        ResponseBody::Empty => page.title(&format!("Response {}: no body", statuses.join(", "))),
    }
    if let Some(sample) = Sampler::new(api).request(operation, Size::Minimal) {
        page.title("Sample of a request");
        json::pretty_json(&sample).lines().for_each(|line| page.line(&format!("  {line}")));
    }
    tail(&mut page, catalog, operation);
    Ok(page.into_text())
}

fn head(page: &mut Page, catalog: &Catalog, operation: &Operation) {
    let Operation { id, method, path, docs, .. } = operation;
    page.line(&format!("{method} {path}"));
    let own = catalog.layout().operations.get(id).map(|layout| layout.name.as_str()).unwrap_or_default();
    let product = catalog.product_of(operation).map(|product| product.name).unwrap_or_default();
    page.line(&format!("{id}, in Rust client.{own}(…), of the product {product}"));
    let Docs { summary, description, deprecated, .. } = docs;
    if *deprecated {
        page.line("deprecated");
    }
    for text in [summary, description].into_iter().flatten().map(Text::to_string) {
        page.gap();
        text.split("\n\n").for_each(|paragraph| page.wrapped(paragraph, 0));
    }
    page.gap();
    match operation.effect {
        Effect::Reads => page.line("reads only"),
        Effect::Writes => {}
        Effect::Deletes => page.line("deletes: no other call undoes it"),
        Effect::MovesMoney => page.line("moves money"),
    }
    match &operation.idempotency {
        Idempotency::None => {}
        Idempotency::Idempotent => page.line("idempotent: the SDK may retry it"),
        Idempotency::Key(property) => page.line(&format!("idempotent by the key `{property}`")),
    }
    match &operation.paging {
        Some(Paging::List(list)) => page.line(&format!("pages of `{}`, from `{}`", list.items, list.start.name)),
        Some(Paging::Sync(sync)) => page.line(&format!("pages of changes since `{}`", sync.cursor)),
        None => {}
    }
}

fn tail(page: &mut Page, catalog: &Catalog, operation: &Operation) {
    let codes = catalog.error_codes_of(operation);
    if !codes.is_empty() {
        page.title("Error codes");
        page.table(codes.iter().map(|code| (code.wire.clone(), String::new(), code.advice.clone())).collect());
    }
    let webhooks = catalog.webhooks_of(operation);
    if !webhooks.is_empty() {
        page.title("Webhooks");
        let rows = webhooks.iter().map(|webhook| {
            let docs = catalog.api().get(&webhook.body).and_then(|def| def.docs.description.as_ref());
            let about = docs.map(Text::to_string).unwrap_or_default();
            (format!("{}: {}", webhook.kind, webhook.code), String::new(), first_sentence(&about))
        });
        page.table(rows.collect());
    }
    if !operation.next.is_empty() {
        page.title("What to call next");
        let rows = operation.next.iter().map(|next| (next.operation.clone(), String::new(), next.reason.to_string()));
        page.table(rows.collect());
    }
}

/// Prints properties, each level further to the right.
struct Fields<'a, 'p> {
    api: &'a Api,
    page: &'p mut Page,
    most: usize,
    /// The types around the current one: a type that contains itself is not opened again.
    inside: Vec<&'a TypeId>,
}

impl<'a> Fields<'a, '_> {
    fn body(&mut self, ty: &'a Type) {
        self.open(ty, 1);
    }

    fn list(&mut self, fields: &[&'a Field], level: usize) {
        let indent = "  ".repeat(level - 1);
        for field in fields {
            let presence = match (field.required, field.nullable) {
                (true, false) => "required",
                (true, true) => "required, or null",
                (false, false) => "optional",
                (false, true) => "optional, or null",
            };
            let about = field.docs.description.as_ref().map(Text::to_string).unwrap_or_default();
            let old = if field.docs.deprecated { "deprecated. " } else { "" };
            let kind = format!("{}, {presence}", label(self.api, &field.ty));
            self.page.row(&format!("{indent}{}", field.wire), &kind, &format!("{old}{}", first_sentence(&about)));
            if level < self.most {
                self.open(&field.ty, level + 1);
            }
        }
    }

    fn open(&mut self, ty: &'a Type, level: usize) {
        let Some(def) = self.api.resolve(ty).named().and_then(|id| self.api.get(id)) else { return };
        if self.inside.contains(&&def.id) {
            return;
        }
        self.inside.push(&def.id);
        match &def.kind {
            Kind::Struct(object) => self.list(&object.caller_fields().collect::<Vec<_>>(), level),
            Kind::Union(union) => {
                for variant in &union.variants {
                    let indent = "  ".repeat(level - 1);
                    self.page.row(&format!("{indent}either"), &label(self.api, &variant.ty), "");
                    if level < self.most {
                        self.open(&variant.ty, level + 1);
                    }
                }
            }
            Kind::Alias(ty) => self.open(ty, level),
            Kind::Enum(_) => {}
        }
        self.inside.pop();
    }
}

/// A type in a few words.
fn label(api: &Api, ty: &Type) -> String {
    match ty {
        Type::String => "string".to_owned(),
        Type::Bool => "boolean".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Float => "number".to_owned(),
        Type::Decimal => "decimal".to_owned(),
        Type::DecimalString => "decimal in a string".to_owned(),
        Type::Date => "date".to_owned(),
        Type::DateTime => "date and time".to_owned(),
        Type::Json => "any JSON".to_owned(),
        Type::JsonObject => "any object".to_owned(),
        Type::List(inner) => format!("list of {}", label(api, inner)),
        Type::Map(inner) => format!("map to {}", label(api, inner)),
        Type::Nullable(inner) => format!("{} or null", label(api, inner)),
        Type::Named(id) => match api.get(id).map(|def| &def.kind) {
            Some(Kind::Enum(list)) => {
                let mut shown = String::new();
                for (index, value) in list.values.iter().enumerate() {
                    let value = quoted(&value.value);
                    if index > 0 && shown.len() + value.len() > VALUES {
                        return format!("{shown} and {} more", list.values.len() - index);
                    }
                    shown.push_str(if index > 0 { " | " } else { "" });
                    shown.push_str(&value);
                }
                shown
            }
            Some(Kind::Alias(ty)) => label(api, ty),
            _ => id.to_string(),
        },
    }
}

fn quoted(value: &Literal) -> String {
    match value {
        Literal::Text(text) => format!("\"{text}\""),
        other => other.to_string(),
    }
}
