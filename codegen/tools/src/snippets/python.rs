//! Calls in Python, with the official client. Its models check types, so values are not literals only: enums and some
//! texts and lists are objects of classes, dates are dates, and numbers that may have a fraction are floats.

mod form;

use std::collections::BTreeSet;

use api_model::{Api, ResponseBody, Sample, Type};
use pretty::RcDoc;

pub use self::form::{Form, class_name, form_of, property_form};
use super::call::{Address, Call};
use super::client::{Access, Facts, Setup};
use super::code::{self, Brackets, WIDTH};
use super::error::{SnippetError, Unfit};
use super::highlight::highlight;
use super::names;
use super::{Class, Doc, Language, Snippet, words};

/// The call in Python.
///
/// # Errors
/// A number that the language can't express, or what plain HTTP can't express if the client can't be used.
pub fn snippet(call: &Call<'_>) -> Result<Snippet, SnippetError> {
    let Some((setup, facts)) = call.clients.of(Language::Python) else {
        return Err(SnippetError::NoClient(Language::Python));
    };
    let mut writer = Writer::new(call, facts);
    let obstacle = match facts.method(&call.operation.id, words::snake) {
        Some(method) => {
            let code = writer.method(call, setup, &method)?;
            match writer.obstacle.take() {
                None => return Ok(Snippet::layout(&code.append(RcDoc::hardline()), WIDTH)),
                Some(obstacle) => obstacle,
            }
        }
        None => "has no method for this operation".to_owned(),
    };
    let mut writer = Writer::new(call, facts);
    let code = writer.plain_http(call, &obstacle)?;
    Ok(Snippet::layout(&code.append(RcDoc::hardline()), WIDTH))
}

struct Writer<'a> {
    api: &'a Api,
    facts: &'a Facts,
    access: &'a Access,
    address: Address<'a>,
    /// The classes that are imported.
    classes: BTreeSet<String>,
    /// The imports from the standard library.
    standard: BTreeSet<&'static str>,
    /// The imported classes of dates.
    dates: BTreeSet<&'static str>,
    /// The numbers that have more digits than the language keeps.
    rounded: Vec<String>,
    /// Why the client can't make this call, if it can't.
    obstacle: Option<String>,
}

const ARGUMENTS: Brackets = Brackets { open: "(", close: ")", spaced: false, trailing_comma: true, indent: 4 };
const LIST: Brackets = Brackets { open: "[", close: "]", spaced: false, trailing_comma: true, indent: 4 };
const DICT: Brackets = Brackets { open: "{", close: "}", spaced: false, trailing_comma: true, indent: 4 };

/// Words that can't be names of arguments. The client has an underscore before them.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

impl<'a> Writer<'a> {
    fn new(call: &Call<'a>, facts: &'a Facts) -> Self {
        Self {
            api: call.api,
            facts,
            access: &call.clients.access,
            address: call.address,
            classes: BTreeSet::new(),
            standard: BTreeSet::new(),
            dates: BTreeSet::new(),
            rounded: Vec::new(),
            obstacle: None,
        }
    }

    /// The call by a method of the client.
    fn method(&mut self, call: &Call<'a>, setup: &Setup, method: &str) -> Result<Doc, SnippetError> {
        let mut statements = Vec::new();
        let mut arguments = Vec::new();
        for argument in names::arguments(call) {
            let Some(value) = argument.value else { continue };
            let form = form_of(self.api, self.facts, argument.ty);
            let value = self.value(argument.ty, &form, value)?;
            let value = if argument.location.is_none() {
                statements.push(Doc::text("request = ").append(value));
                Doc::text("request")
            } else {
                value
            };
            arguments.push(if argument.required {
                value
            } else {
                let name = if argument.name.is_empty() { "body".to_owned() } else { attribute(argument.name) };
                Class::Property.text(name).append("=").append(value)
            });
        }
        let call_it = Doc::text("client.").append(Class::Function.text(method.to_owned()));
        statements.push(Doc::text("response = ").append(call_it).append(code::members(ARGUMENTS, arguments)));
        let setup_code = match call.address {
            Address::Api => highlight(Language::Python, &setup.code),
            Address::Gateway(address) => {
                highlight(Language::Python, &setup.gateway.replace("$address", &quoted(address)))
            }
        };
        let mut standard: BTreeSet<String> = self.standard.iter().copied().map(str::to_owned).collect();
        if !self.dates.is_empty() {
            standard.insert(format!("from datetime import {}", Vec::from_iter(self.dates.iter().copied()).join(", ")));
        }
        if call.address == Address::Api {
            standard.extend(setup.code_imports.iter().cloned());
        }
        let mut imports = vec![highlight(Language::Python, &setup.import)];
        for class in &self.classes {
            let module = self.facts.modules.get(class).cloned().unwrap_or_else(|| words::snake(class));
            let import = setup.class_import.replace("$module", &module).replace("$class", class);
            imports.push(highlight(Language::Python, &import));
        }
        let mut parts = Vec::new();
        if !standard.is_empty() {
            parts.push(code::lines(standard.iter().map(|import| highlight(Language::Python, import))));
        }
        parts.push(code::lines(imports));
        parts.push(setup_code);
        parts.push(code::lines(self.comments().into_iter().chain(statements)));
        Ok(paragraphs(parts))
    }

    /// The call by plain HTTP, with the reason why it is not by the client.
    fn plain_http(&mut self, call: &Call<'a>, obstacle: &str) -> Result<Doc, SnippetError> {
        let http = call.http()?;
        let string = |text: &str| Class::String.text(quoted(text));
        let argument = |name: &'static str, value: Doc| Class::Property.text(name).append("=").append(value);
        let entry = |name: &str, value: Doc| string(name).append(": ").append(value);
        let mut headers = Vec::new();
        if http.body.is_some() {
            headers.push(entry("Content-Type", string("application/json")));
        }
        for (name, variable) in &http.credentials {
            self.standard.insert("import os");
            headers.push(entry(name, Doc::text("os.environ[").append(string(variable)).append("]")));
        }
        headers.extend(http.headers.iter().map(|(name, value)| entry(name, string(value))));
        let mut arguments = vec![string(&http.url), argument("method", string(http.method))];
        if !headers.is_empty() {
            arguments.push(argument("headers", code::members(DICT, headers)));
        }
        if let Some(body) = http.body {
            self.standard.insert("import json");
            let text = Class::Function.text("dumps").append("(").append(self.plain(body)?).append(")");
            let text = Doc::text("json.").append(text).append(".").append(Class::Function.text("encode")).append("()");
            arguments.push(argument("data", text));
        }
        self.standard.insert("import urllib.request");
        let request = Doc::text("request = urllib.request.").append(Class::Type.text("Request"));
        let read = match call.operation.response.body {
            ResponseBody::Binary(_) => "    data = response.read()",
            ResponseBody::Json(_) | ResponseBody::Empty => {
                self.standard.insert("import json");
                "    data = json.load(response)"
            }
        };
        let lead = Class::Comment.text(format!("# Version {} of the client {obstacle}.", self.facts.version));
        let send = highlight(Language::Python, &format!("with urllib.request.urlopen(request) as response:\n{read}"));
        let imports = code::lines(self.standard.iter().map(|import| highlight(Language::Python, import)));
        let statements = [request.append(code::members(ARGUMENTS, arguments)), send];
        let statements = [lead].into_iter().chain(self.comments()).chain(statements);
        Ok(paragraphs(vec![imports, code::lines(statements)]))
    }

    fn comments(&self) -> Vec<Doc> {
        self.rounded.iter().map(|number| Class::Comment.text(format!("# Python rounds {number}."))).collect()
    }

    /// A value in the form that the client takes.
    fn value(&mut self, ty: &'a Type, form: &Form, sample: &Sample) -> Result<Doc, SnippetError> {
        Ok(match (form, sample) {
            (_, Sample::Null) => self.plain(sample)?,
            (Form::Class(class), sample) => {
                self.classes.insert(class.clone());
                let class_doc = Class::Type.text(class.clone());
                let ty = names::target(self.api, ty, sample);
                match sample {
                    Sample::Object(all) => class_doc.append(self.keywords(ty, all)?),
                    Sample::List(all) => {
                        let list = self.list(names::element(ty), all)?;
                        class_doc.append("(").append(list).append(")")
                    }
                    other => class_doc.append("(").append(self.plain(other)?).append(")"),
                }
            }
            (Form::List(element), Sample::List(all)) => {
                let of = names::element(names::target(self.api, ty, sample));
                let all = all.iter().map(|sample| self.value(of.unwrap_or(&Type::Json), element, sample));
                let all = all.collect::<Result<_, _>>()?;
                code::members(LIST, all)
            }
            (Form::Map(value), Sample::Object(all)) => {
                let of = match names::target(self.api, ty, sample) {
                    Type::Map(of) => of,
                    _ => &Type::Json,
                };
                let mut entries = Vec::new();
                for (name, sample) in all {
                    entries.push(Class::String.text(quoted(name)).append(": ").append(self.value(of, value, sample)?));
                }
                code::members(DICT, entries)
            }
            (Form::Float, Sample::Number(digits)) => self.number(digits, true)?,
            (Form::Date | Form::DateTime, Sample::Text(given)) => {
                let (class, text) = match form {
                    Form::Date => ("date", form::date(given)),
                    _ => ("datetime", form::date_time(given)),
                };
                match text {
                    Some(text) => {
                        self.dates.insert(class);
                        let parse = Doc::text(".").append(Class::Function.text("fromisoformat")).append("(");
                        Class::Type.text(class).append(parse).append(Class::String.text(quoted(&text))).append(")")
                    }
                    None => {
                        self.obstacle = Some(format!("can't send the time {}", quoted(given)));
                        self.plain(sample)?
                    }
                }
            }
            _ => self.plain(sample)?,
        })
    }

    fn list(&mut self, element: Option<&'a Type>, all: &[Sample]) -> Result<Doc, SnippetError> {
        let element = element.unwrap_or(&Type::Json);
        let form = form_of(self.api, self.facts, element);
        let all = all.iter().map(|sample| self.value(element, &form, sample)).collect::<Result<_, _>>()?;
        Ok(code::members(LIST, all))
    }

    /// The properties of an object as the arguments of its class.
    fn keywords(&mut self, ty: &'a Type, all: &[(String, Sample)]) -> Result<Doc, SnippetError> {
        let mut arguments = Vec::new();
        // Names that can't be arguments, and those that the class would change.
        let mut others = Vec::new();
        for (name, sample) in all {
            let property = names::property(self.api, ty, name);
            let (of, form) = match property {
                names::PropertyType::Declared(owner, field) => {
                    let form = property_form(self.api, self.facts, owner, name, &field.ty);
                    if *sample == Sample::Null && self.facts.not_nullable.contains(&format!("{owner}.{name}")) {
                        self.obstacle = Some(format!("can't send null for `{name}`"));
                    } else if field.docs.constraints.read_only || (form == Form::Unusable && *sample != Sample::Null) {
                        self.obstacle = Some(format!("can't send `{name}`"));
                    }
                    (&field.ty, form)
                }
                names::PropertyType::Additional(Some(of)) => (of, form_of(self.api, self.facts, of)),
                names::PropertyType::Additional(None) | names::PropertyType::Unknown => (&Type::Json, Form::Any),
            };
            let value = self.value(of, &form, sample)?;
            let attribute = match property {
                names::PropertyType::Declared(..) => attribute(name),
                names::PropertyType::Additional(_) | names::PropertyType::Unknown => name.clone(),
            };
            if is_name(&attribute) {
                arguments.push(Class::Property.text(attribute).append("=").append(value));
            } else {
                others.push(Class::String.text(quoted(name)).append(": ").append(value));
            }
        }
        for (name, variable) in names::required_credentials(self.api, self.access, ty, all) {
            let value = match self.address {
                Address::Api => Doc::text("os.environ[").append(Class::String.text(quoted(variable))).append("]"),
                Address::Gateway(_) => Class::String.text("''"),
            };
            arguments.push(Class::Property.text(attribute(name)).append("=").append(value));
        }
        if !others.is_empty() {
            arguments.push(Doc::text("**").append(code::members(DICT, others)));
        }
        Ok(code::members(ARGUMENTS, arguments))
    }

    /// A value as a literal.
    fn plain(&mut self, sample: &Sample) -> Result<Doc, SnippetError> {
        Ok(match sample {
            Sample::Null => Class::Literal.text("None"),
            Sample::Bool(value) => Class::Literal.text(if *value { "True" } else { "False" }),
            Sample::Number(digits) => self.number(digits, false)?,
            Sample::Text(text) => Class::String.text(quoted(text)),
            Sample::List(all) => {
                code::members(LIST, all.iter().map(|sample| self.plain(sample)).collect::<Result<_, _>>()?)
            }
            Sample::Object(all) => {
                let mut entries = Vec::new();
                for (name, sample) in all {
                    entries.push(Class::String.text(quoted(name)).append(": ").append(self.plain(sample)?));
                }
                code::members(DICT, entries)
            }
        })
    }

    /// A number. `is_float`: the client takes floats only.
    fn number(&mut self, digits: &str, is_float: bool) -> Result<Doc, SnippetError> {
        let has_fraction = digits.contains(['.', 'e', 'E']);
        if has_fraction || is_float {
            if digits.parse::<f64>().is_ok_and(f64::is_infinite) {
                return Err(Unfit::new(format!("contains {digits}, and Python has no number as large")).into());
            }
            if code::is_rounded(digits) && !self.rounded.iter().any(|known| known == digits) {
                self.rounded.push(digits.to_owned());
            }
        }
        Ok(Class::Literal.text(if is_float && !has_fraction { format!("{digits}.0") } else { digits.to_owned() }))
    }
}

/// The name of a property's argument.
fn attribute(name: &str) -> String {
    let name = words::snake(name);
    if KEYWORDS.contains(&name.as_str()) { format!("_{name}") } else { name }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !KEYWORDS.contains(&name)
}

fn paragraphs(all: Vec<Doc>) -> Doc {
    RcDoc::intersperse(all, RcDoc::hardline().append(RcDoc::hardline()))
}

fn quoted(text: &str) -> String {
    code::quoted(text, '\'', |letter| match u32::from(letter) {
        code @ ..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    })
}
