//! What the snippets of typed clients share: which form a call has, and what it says about it.

use api_model::Sample;

use super::built::{Rules, Value, read};
use super::call::{Address, Call, Http};
use super::client::{Argument, Facts, Place, Setup};
use super::highlight::highlight;
use super::{Class, Doc, Language, SnippetError};

/// The form of a call.
pub enum Form<'a> {
    /// By the client.
    Client(Typed<'a>),
    /// By plain HTTP, since the client can't send it.
    Plain(Http<'a>, String),
}

/// A call by a client.
pub struct Typed<'a> {
    /// How a program begins to use the client.
    pub setup: &'a Setup,
    /// What is in the client.
    pub facts: &'a Facts,
    /// The method.
    pub method: String,
    /// The arguments that the method has, in its order, each with its value if it is set.
    pub arguments: Vec<(&'a Argument, Option<Value<'a>>)>,
    /// What the client sends with fewer digits.
    pub rounded: Vec<String>,
}

/// The form of a call in a language.
///
/// # Errors
/// A language without data, and what plain HTTP can't express.
pub fn form<'a>(
    call: &Call<'a>,
    language: Language,
    rules: Rules,
    method: fn(&str) -> String,
) -> Result<Form<'a>, SnippetError> {
    let Some((setup, facts)) = call.clients.of(language) else {
        return Err(SnippetError::NoClient(language));
    };
    let id = call.operation.id.as_str();
    let client = format!("{} {}", facts.package, facts.version);
    let Some(declared) = facts.operations.get(id) else {
        return Ok(Form::Plain(call.http()?, format!("{client} has no method for {id}, so this is plain HTTP.")));
    };
    let mut rounded = Vec::new();
    match arguments(call, facts, rules, declared, &mut rounded) {
        Ok(arguments) => {
            let method = facts.method_names.get(id).cloned().unwrap_or_else(|| method(id));
            Ok(Form::Client(Typed { setup, facts, method, arguments, rounded }))
        }
        Err(problem) => {
            let reason = format!("{client} can't send this request: {problem}. So this is plain HTTP.");
            Ok(Form::Plain(call.http()?, reason))
        }
    }
}

fn arguments<'a>(
    call: &Call<'a>,
    facts: &'a Facts,
    rules: Rules,
    declared: &'a [Argument],
    rounded: &mut Vec<String>,
) -> Result<Vec<(&'a Argument, Option<Value<'a>>)>, String> {
    let argument = |argument: &'a Argument| {
        let sample: Option<&'a Sample> = match &argument.place {
            Place::Body => call.body,
            Place::Path(name) | Place::Query(name) | Place::Header(name) => call.parameter(name),
        };
        match sample {
            Some(sample) => Ok((argument, Some(read(facts, rules, &argument.ty, sample, rounded)?))),
            None => match &argument.place {
                Place::Path(name) => Err(format!("`{name}` has no value")),
                Place::Body => Err("it has no body".to_owned()),
                Place::Query(_) | Place::Header(_) => Ok((argument, None)),
            },
        }
    };
    declared.iter().map(argument).collect()
}

impl Typed<'_> {
    /// The statements that make the variable `client`.
    pub fn setup(&self, address: Address<'_>, language: Language, quoted: fn(&str) -> String) -> Doc {
        match address {
            Address::Api => highlight(language, self.setup.code.trim_end()),
            Address::Gateway(address) => {
                highlight(language, self.setup.gateway.trim_end().replace("$address", &quoted(address)).as_str())
            }
        }
    }

    /// What the caller should know about numbers, as comments.
    pub fn notes(&self, mark: &str) -> Vec<Doc> {
        match self.rounded.as_slice() {
            [] => Vec::new(),
            all => {
                let names: Vec<String> = all.iter().map(|name| format!("`{name}`")).collect();
                comment(mark, &format!("The client rounds the digits of {}.", names.join(", ")))
            }
        }
    }
}

/// A text as lines of comments.
pub fn comment(mark: &str, text: &str) -> Vec<Doc> {
    let mut lines = vec![mark.to_owned()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < 96 => line.push_str(&format!(" {word}")),
            _ => lines.push(format!("{mark} {word}")),
        }
    }
    lines.into_iter().map(|line| Class::Comment.text(line)).collect()
}
