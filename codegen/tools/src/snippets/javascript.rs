//! Calls in JavaScript and TypeScript, with the official client. Objects are literals. TypeScript takes the values of enums
//! by their constants only, since text is not a value of a string enum there.

use std::collections::BTreeSet;

use api_model::{Api, Enum, ResponseBody, Sample, Type, TypeDef, TypeId};
use pretty::RcDoc;

use super::call::{Address, Call};
use super::client::{Access, Facts, Setup};
use super::code::{self, Brackets, WIDTH};
use super::error::{SnippetError, Unfit};
use super::highlight::highlight;
use super::names::{self, EnumRule};
use super::{Class, Doc, Language, Snippet, words};

/// The call in JavaScript or TypeScript.
///
/// # Errors
/// A number that the language can't express, or what plain HTTP can't express if the client lacks the operation.
pub fn snippet(call: &Call<'_>, language: Language) -> Result<Snippet, SnippetError> {
    let Some((setup, facts)) = call.clients.of(language) else {
        return Err(SnippetError::NoClient(language));
    };
    let names = if call.address == Address::Api { &setup.names } else { &setup.gateway_names };
    let imports = names.iter().cloned().collect();
    let (access, address) = (&call.clients.access, call.address);
    let mut writer = Writer { api: call.api, facts, access, address, language, imports, rounded: Vec::new() };
    let code = match facts.method(&call.operation.id, str::to_owned) {
        Some(method) => writer.method(call, setup, &method)?,
        None => writer.fetch(call)?,
    };
    Ok(Snippet::layout(&code.append(RcDoc::hardline()), WIDTH))
}

struct Writer<'a> {
    api: &'a Api,
    facts: &'a Facts,
    access: &'a Access,
    address: Address<'a>,
    language: Language,
    /// The names that the package is imported for.
    imports: BTreeSet<String>,
    /// The numbers that have more digits than the language keeps.
    rounded: Vec<String>,
}

const OBJECT: Brackets = Brackets { open: "{", close: "}", spaced: true, trailing_comma: true, indent: 2 };
const LIST: Brackets = Brackets { open: "[", close: "]", spaced: false, trailing_comma: true, indent: 2 };
const ARGUMENTS: Brackets = Brackets { open: "(", close: ")", spaced: false, trailing_comma: true, indent: 2 };

impl<'a> Writer<'a> {
    /// The call by a method of the client.
    fn method(&mut self, call: &Call<'a>, setup: &Setup, method: &str) -> Result<Doc, SnippetError> {
        let mut arguments = Vec::new();
        for argument in names::arguments(call) {
            arguments.push(match argument.value {
                Some(value) => {
                    let is_any = argument.ty.named().is_some_and(|id| self.facts.forms.contains_key(&id.to_string()));
                    let of = Some(argument.ty).filter(|_| !is_any);
                    let value = self.value(of, value)?;
                    if is_any && self.language == Language::TypeScript { value.append(self.any()) } else { value }
                }
                None => Class::Literal.text("undefined"),
            });
        }
        if matches!(call.operation.response.body, ResponseBody::Binary(_)) {
            let option = Class::Property.text("responseType").append(": ").append(Class::String.text("'arraybuffer'"));
            arguments.push(code::members(OBJECT, vec![option]));
        } else {
            let set = names::arguments(call).iter().rposition(|argument| argument.value.is_some());
            arguments.truncate(set.map_or(0, |last| last + 1));
        }
        let call_it = Doc::text("client.").append(Class::Function.text(method.to_owned())).append(call_with(arguments));
        let result = self.statement("{ data }", call_it);
        let mut parts = vec![self.import(setup), self.setup(call, setup)];
        parts.push(code::lines(self.comments().into_iter().chain([result])));
        Ok(paragraphs(parts))
    }

    fn import(&self, setup: &Setup) -> Doc {
        let (before, after) = setup.import.split_once("$names").unwrap_or((&setup.import, ""));
        let names = self.imports.iter().map(|name| Class::Type.text(name.clone())).collect();
        highlight(self.language, before).append(code::members(OBJECT, names)).append(highlight(self.language, after))
    }

    fn setup(&self, call: &Call<'_>, setup: &Setup) -> Doc {
        match call.address {
            Address::Api => highlight(self.language, &setup.code),
            Address::Gateway(address) => highlight(self.language, &setup.gateway.replace("$address", &quoted(address))),
        }
    }

    /// The call by plain HTTP.
    fn fetch(&mut self, call: &Call<'a>) -> Result<Doc, SnippetError> {
        let http = call.http()?;
        let string = |text: &str| Class::String.text(quoted(text));
        let entry = |name: &str, value: Doc| key(name).append(": ").append(value);
        let mut headers = Vec::new();
        if http.body.is_some() {
            headers.push(entry("Content-Type", string("application/json")));
        }
        for (name, variable) in &http.credentials {
            let not_null = if self.language == Language::TypeScript { "!" } else { "" };
            headers.push(entry(name, Doc::text(format!("process.env.{variable}{not_null}"))));
        }
        headers.extend(http.headers.iter().map(|(name, value)| entry(name, string(value))));
        let mut options = vec![entry("method", string(http.method))];
        if !headers.is_empty() {
            options.push(entry("headers", code::members(OBJECT, headers)));
        }
        if let Some(body) = http.body {
            let text = Doc::text("JSON.").append(Class::Function.text("stringify"));
            options.push(entry("body", text.append(call_with(vec![self.value(None, body)?]))));
        }
        let arguments = vec![string(&http.url), code::members(OBJECT, options)];
        let lead = Class::Comment
            .text(format!("// Version {} of the client has no method for this operation.", self.facts.version));
        let fetch = self.statement("response", Class::Function.text("fetch").append(call_with(arguments)));
        let read = Doc::text("response.").append(Class::Function.text(match call.operation.response.body {
            ResponseBody::Binary(_) => "arrayBuffer",
            ResponseBody::Json(_) | ResponseBody::Empty => "json",
        }));
        let read = self.statement("data", read.append("()"));
        Ok(code::lines([lead].into_iter().chain(self.comments()).chain([fetch, read])))
    }

    fn statement(&self, name: &'static str, value: Doc) -> Doc {
        let keyword = |word: &'static str| Class::Keyword.text(word).append(" ");
        keyword("const").append(name).append(" = ").append(keyword("await")).append(value).append(";")
    }

    fn comments(&self) -> Vec<Doc> {
        let comment = |number: &String| Class::Comment.text(format!("// JavaScript rounds {number}."));
        self.rounded.iter().map(comment).collect()
    }

    /// A value. Its type is known where TypeScript needs it.
    fn value(&mut self, ty: Option<&'a Type>, sample: &Sample) -> Result<Doc, SnippetError> {
        let ty = ty.filter(|_| self.language == Language::TypeScript).map(|ty| names::target(self.api, ty, sample));
        Ok(match sample {
            Sample::Null => Class::Literal.text("null"),
            Sample::Bool(value) => Class::Literal.text(value.to_string()),
            Sample::Number(digits) => self.number(digits)?,
            Sample::Text(text) => match names::enum_of(self.api, ty) {
                Some((def, list)) => self.constant(def, list, text),
                None => Class::String.text(quoted(text)),
            },
            Sample::List(all) => {
                let element = ty.and_then(names::element);
                let all = all.iter().map(|sample| self.value(element, sample)).collect::<Result<_, _>>()?;
                code::members(LIST, all)
            }
            Sample::Object(all) => self.object(ty, all)?,
        })
    }

    fn number(&mut self, digits: &str) -> Result<Doc, SnippetError> {
        if digits.parse::<f64>().is_ok_and(f64::is_infinite) {
            return Err(Unfit::new(format!("contains {digits}, and JavaScript has no number as large")).into());
        }
        if code::is_rounded(digits) && !self.rounded.iter().any(|known| known == digits) {
            self.rounded.push(digits.to_owned());
        }
        Ok(Class::Literal.text(digits.to_owned()))
    }

    fn object(&mut self, ty: Option<&'a Type>, all: &[(String, Sample)]) -> Result<Doc, SnippetError> {
        let mut is_known = true;
        let mut properties = Vec::new();
        for (name, sample) in all {
            let property = ty.map(|ty| names::property(self.api, ty, name));
            let mut is_any = false;
            let (of, has) = match property {
                Some(names::PropertyType::Declared(id, field)) => {
                    let place = format!("{id}.{name}");
                    is_any = self.facts.forms.contains_key(&place);
                    (Some(&field.ty), !self.facts.lacks.contains(&place))
                }
                Some(names::PropertyType::Additional(ty)) => (ty, true),
                Some(names::PropertyType::Unknown) => (None, false),
                None => (None, true),
            };
            is_known &= has;
            let value = self.value(of, sample)?;
            // Without a type, no property is looked up.
            let value = if is_any { value.append(self.any()) } else { value };
            properties.push(key(name).append(": ").append(value));
        }
        if let Some(ty) = ty {
            for (name, variable) in names::required_credentials(self.api, self.access, ty, all) {
                let value = match self.address {
                    Address::Api => Doc::text(format!("process.env.{variable}!")),
                    Address::Gateway(_) => Class::String.text("''"),
                };
                properties.push(key(name).append(": ").append(value));
            }
        }
        let object = code::members(OBJECT, properties);
        Ok(if is_known { object } else { object.append(self.any()) })
    }

    /// The constant of an enum's value, or text that is taken for one.
    fn constant(&mut self, def: &TypeDef, list: &Enum, text: &str) -> Doc {
        match (enum_class(self.facts, &def.id), constant(self.facts, def, list, text)) {
            (Some(class), Some(constant)) => {
                self.imports.insert(class.clone());
                Class::Type.text(class).append(".").append(Class::Type.text(constant))
            }
            _ => Class::String.text(quoted(text)).append(self.any()),
        }
    }

    fn any(&self) -> Doc {
        Doc::text(" ").append(Class::Keyword.text("as")).append(" ").append(Class::Type.text("any"))
    }
}

/// The name of an enum. An enum without a name has that of its property. Returns `None` if the client has no such enum.
pub fn enum_class(facts: &Facts, id: &TypeId) -> Option<String> {
    names::class(facts, id, |id| match id {
        TypeId::Schema(name) => words::pascal(name),
        other => words::pascal(&other.to_string().replace(['[', ']', '{', '}'], "")) + "Enum",
    })
}

/// The constant of an enum's value. Returns `None` for an unknown value, or if the client has no such constant.
pub fn constant(facts: &Facts, def: &TypeDef, list: &Enum, value: &str) -> Option<String> {
    names::constant(facts, def, list, value, EnumRule { prefix: true, case: constant_case })
}

/// `BalancePlus`, and `_401k` for a value that begins with a digit.
fn constant_case(value: &str) -> String {
    let name = words::pascal(&words::snake(value));
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("_{name}") } else { name }
}

/// The arguments of a call. A single object or list is not indented.
fn call_with(mut arguments: Vec<Doc>) -> Doc {
    match (arguments.pop(), arguments.is_empty()) {
        (Some(only), true) => Doc::text("(").append(only).append(")"),
        (Some(last), false) => {
            let first = RcDoc::concat(arguments.into_iter().map(|argument| argument.append(", ")));
            Doc::text("(").append(first).append(last).append(")")
        }
        (None, _) => code::members(ARGUMENTS, Vec::new()),
    }
}

fn paragraphs(all: Vec<Doc>) -> Doc {
    RcDoc::intersperse(all, RcDoc::hardline().append(RcDoc::hardline()))
}

/// The name of a property. `__proto__` as a plain name would set the object's prototype.
fn key(name: &str) -> Doc {
    let is_word = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    Class::Property.text(match name {
        "__proto__" => "['__proto__']".to_owned(),
        _ if is_word => name.to_owned(),
        _ => quoted(name),
    })
}

fn quoted(text: &str) -> String {
    code::quoted(text, '\'', code::unicode_4)
}
