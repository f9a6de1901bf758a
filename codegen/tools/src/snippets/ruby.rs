//! Calls in Ruby, with a client of openapi-generator: the class of the request takes a hash, and what is inside it are plain
//! values, which the client sends as they are.

use api_model::Sample;

use super::built::{Rules, Value};
use super::call::{Address, Call, Http};
use super::client::{Place, ValueType};
use super::code::{self, WIDTH, is_rounded, lines};
use super::typed::{Form, Typed, comment, form};
use super::{Class, Doc, Language, Snippet, SnippetError, words};

/// The call as a script.
///
/// # Errors
/// What neither the client nor plain HTTP can express: see [`Call::http`].
pub fn snippet(call: &Call<'_>) -> Result<Snippet, SnippetError> {
    let rules = Rules { constant: |_, value| words::constant(value), omits_null: false, compacts: true };
    let code = match form(call, Language::Ruby, rules, words::snake)? {
        Form::Client(typed) => client(call, &typed),
        Form::Plain(http, reason) => plain(&http, &reason),
    };
    let mut script = Snippet::layout(&lines(code).append(Doc::hardline()), WIDTH);
    code::tidy(&mut script, None);
    Ok(script)
}

fn client(call: &Call<'_>, typed: &Typed<'_>) -> Vec<Doc> {
    let setup = typed.setup(call.address, Language::Ruby, quoted);
    let mut script = vec![require(&typed.setup.import)];
    if matches!(call.address, Address::Gateway(_)) {
        script.push(require("uri"));
    }
    script.extend([Doc::nil(), setup, Doc::nil()]);
    let sent = typed.arguments.iter().filter_map(|(argument, value)| Some((argument, value.as_ref()?)));
    let mut rounded: Vec<String> = Vec::new();
    if let Some(body) = call.body {
        numbers(body, &mut rounded);
    }
    if !rounded.is_empty() {
        script.extend(comment("#", &format!("Ruby rounds the digits of {}.", rounded.join(", "))));
    }
    let (mut arguments, mut options) = (Vec::new(), Vec::new());
    for (argument, value) in sent {
        match &argument.place {
            Place::Body => {
                let request = match &argument.ty {
                    ValueType::Class(name) => {
                        let class = Doc::text(typed.facts.qualifier.clone()).append(Class::Type.text(name.clone()));
                        let new = class.append(".").append(Class::Function.text("new"));
                        new.append("(").append(expression(value)).append(")")
                    }
                    _ => expression(value),
                };
                script.push(Doc::text("request = ").append(request));
                arguments.push(Doc::text("request"));
            }
            Place::Path(_) => arguments.push(expression(value)),
            Place::Query(name) | Place::Header(name) => {
                let option = argument.setter.clone().unwrap_or_else(|| words::snake(name));
                options.push(entry(&option, expression(value)));
            }
        }
    }
    if !options.is_empty() {
        arguments.push(code::members(BRACES, options));
    }
    let method = Doc::text("response = client.").append(Class::Function.text(typed.method.clone()));
    let arguments = if arguments.is_empty() { Doc::nil() } else { code::members(PARENTHESES, arguments) };
    script.push(method.append(arguments));
    script
}

fn require(name: &str) -> Doc {
    Class::Keyword.text("require").append(" ").append(Class::String.text(quoted(name)))
}

fn expression(value: &Value<'_>) -> Doc {
    match value {
        Value::Null => Class::Literal.text("nil"),
        Value::Bool(value) => Class::Literal.text(value.to_string()),
        Value::Scalar(_, text) | Value::Moment(_, text) => Class::String.text(quoted(text)),
        Value::Constant { name, .. } => Class::Type.text(name.clone()),
        Value::Object { members, .. } => {
            let member = |member: &super::built::Member<'_>| {
                let name = member.property.name.clone().unwrap_or_else(|| words::snake(member.wire));
                entry(&name, expression(&member.value))
            };
            code::members(BRACES, members.iter().map(member).collect())
        }
        Value::List(_, all) | Value::Set(_, all) => code::members(BRACKETS, all.iter().map(expression).collect()),
        Value::Map(_, all) => {
            code::members(BRACES, all.iter().map(|(key, value)| entry(key, expression(value))).collect())
        }
        Value::Any(sample) => any(sample),
    }
}

/// JSON as values of Ruby.
fn any(sample: &Sample) -> Doc {
    match sample {
        Sample::Null => Class::Literal.text("nil"),
        Sample::Bool(value) => Class::Literal.text(value.to_string()),
        Sample::Number(digits) => Class::Literal.text(float(digits)),
        Sample::Text(text) => Class::String.text(quoted(text)),
        Sample::List(all) => code::members(BRACKETS, all.iter().map(any).collect()),
        Sample::Object(all) => code::members(BRACES, all.iter().map(|(key, value)| entry(key, any(value))).collect()),
    }
}

/// A number of JSON in Ruby, which has no `1E5`, but `1.0E5`.
fn float(digits: &str) -> String {
    match digits.find(['e', 'E']) {
        Some(at) if !digits[..at].contains('.') => format!("{}.0{}", &digits[..at], &digits[at..]),
        _ => digits.to_owned(),
    }
}

/// The places of numbers that Ruby rounds. Whole numbers keep their digits.
fn numbers(sample: &Sample, rounded: &mut Vec<String>) {
    match sample {
        Sample::Number(digits) if digits.contains(['.', 'e', 'E']) && is_rounded(digits) => {
            rounded.push(digits.clone())
        }
        Sample::List(all) => all.iter().for_each(|value| numbers(value, rounded)),
        Sample::Object(all) => all.iter().for_each(|(_, value)| numbers(value, rounded)),
        _ => {}
    }
}

/// A pair of a hash. A key that is not a plain name is in quotes; it is a symbol all the same.
fn entry(key: &str, value: Doc) -> Doc {
    let is_plain = key.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let key = if is_plain { key.to_owned() } else { quoted(key) };
    Class::Property.text(format!("{key}:")).append(" ").append(value)
}

/// A text as a string of Ruby, in which `#` can begin an expression.
fn quoted(text: &str) -> String {
    code::quoted(text, '"', |letter| format!("\\u{{{:x}}}", u32::from(letter))).replace('#', "\\#")
}

/// The call by plain HTTP, and why it doesn't use the client.
fn plain(http: &Http<'_>, reason: &str) -> Vec<Doc> {
    let string = |text: &str| Class::String.text(quoted(text));
    let mut script = comment("#", reason);
    script.extend([require("net/http"), require("uri"), Doc::nil()]);
    script.push(
        Doc::text("uri = ").append(Class::Function.text("URI")).append("(").append(string(&http.url)).append(")"),
    );
    let mut method = http.method.to_ascii_lowercase();
    if let Some(first) = method.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let net = |class: String| Class::Type.text("Net").append("::").append(Class::Type.text("HTTP")).append(class);
    let new = net(format!("::{method}")).append(".").append(Class::Function.text("new")).append("(uri)");
    script.push(Doc::text("request = ").append(new));
    let header = |name: &str, value: Doc| Doc::text("request[").append(string(name)).append("] = ").append(value);
    for (name, value) in &http.headers {
        script.push(header(name, string(value)));
    }
    for (name, variable) in &http.credentials {
        script.push(header(name, Class::Type.text("ENV").append("[").append(string(variable)).append("]")));
    }
    if let Some(body) = http.body {
        script.push(header("Content-Type", string("application/json")));
        script.push(Doc::text("request.body = <<~'JSON'"));
        script.push(Doc::text("  ").append(code::json(body)).nest(2));
        script.push(Doc::text("JSON"));
    }
    let start = net(String::new()).append(".").append(Class::Function.text("start"));
    let options = entry("use_ssl", Doc::text("uri.scheme == ").append(string("https")));
    let start = start.append("(uri.host, uri.port, ").append(options).append(") do |http|");
    let send = Doc::text("http.").append(Class::Function.text("request")).append("(request)");
    script.push(Doc::text("response = ").append(start).append(Doc::hardline().append(send).nest(2)));
    script.push(Doc::text("end"));
    script
}

const PARENTHESES: code::Brackets =
    code::Brackets { open: "(", close: ")", spaced: false, trailing_comma: false, indent: 2 };
const BRACKETS: code::Brackets = code::Brackets { open: "[", close: "]", trailing_comma: true, ..PARENTHESES };
const BRACES: code::Brackets =
    code::Brackets { open: "{", close: "}", spaced: true, trailing_comma: true, ..PARENTHESES };
