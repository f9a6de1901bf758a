//! Rust, as this SDK is used. The examples in the SDK's docs are rendered here as well.

mod code;
mod exact;
mod json;
mod uses;
mod value;

use api_model::layout::{Examples, Layout};
use api_model::{Api, BodyMedia, Operation, Paging, ResponseBody, Sample, Samples};

use self::code::{Expr, Path, WIDTH, assigned, call, identifier, plain, string, tried};
use self::uses::Uses;
use self::value::{Object, Values};
use super::error::{SnippetError, Unfit};
use super::render::{Class, Doc, Snippet};

/// Which code is around the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A whole snippet: it creates the client, and prints the response. The call returns one page of a list.
    Snippet,
    /// The call, with a client from elsewhere. It returns one page of a list.
    Call,
    /// The example of a method, with a client from elsewhere. It goes through all pages of a list.
    Example {
        /// Whether the method takes the parameters outside the body, for an operation with a method for each case.
        with_parameters: bool,
    },
}

/// A call in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The `use` lines.
    pub uses: Snippet,
    /// The statements of an async function that returns `Result<(), Box<dyn std::error::Error>>`.
    pub statements: Snippet,
}

impl Code {
    /// Both, with an empty line between them.
    pub fn snippet(self) -> Snippet {
        let mut whole = self.uses;
        if !whole.spans.is_empty() {
            whole.push(Class::Plain, "\n");
        }
        for span in &self.statements.spans {
            whole.push(span.class, &span.text);
        }
        whole
    }
}

/// The call of an operation with these values. Credentials in the body are left out, since the client sends them.
///
/// # Errors
/// The values are not those of the operation, Rust can't express one exactly, or the layout names no crate.
pub fn call_of(
    api: &Api,
    layout: &Layout,
    operation: &Operation,
    samples: &Samples,
    form: Form,
) -> Result<Code, SnippetError> {
    let names = layout.examples.as_ref().ok_or(SnippetError::NoCrate)?;
    let mut values = Values { api, layout, uses: Uses::default(), is_example: matches!(form, Form::Example { .. }) };
    let method = Method::of(layout, operation, samples, form);
    let mut inputs = Vec::new();
    if let Some(value) = body(&mut values, operation, samples.request.as_ref())? {
        inputs.push(("request", value));
    }
    if method.with_parameters {
        let empty = Sample::Object(Vec::new());
        let value = values.parameters(operation, samples.parameters.as_ref().unwrap_or(&empty))?;
        inputs.push(("parameters", value));
    }
    let calls = Calls { names, operation, method: &method.name, form };
    let module = layout.module_name(layout.module_of(operation).unwrap_or_default());
    let uses = values.uses.lines(&names.of, module, form == Form::Snippet);
    Ok(Code { uses: lines(uses), statements: lines(calls.statements(inputs)) })
}

/// The method that is called.
struct Method {
    name: String,
    with_parameters: bool,
}

impl Method {
    /// An operation with a body and only optional parameters has two methods: one without them, and `…_with`.
    fn of(layout: &Layout, operation: &Operation, samples: &Samples, form: Form) -> Self {
        let names = layout.operations.get(&operation.id);
        let name = names.map_or("", |layout| layout.name.as_str());
        let fields = names.and_then(|layout| layout.parameters.as_ref()).map_or(&[][..], |layout| &layout.fields);
        if fields.is_empty() {
            return Self { name: identifier(name), with_parameters: false };
        }
        let has_two = operation.body.is_some() && !fields.iter().any(|field| field.is_argument());
        let is_set = matches!(&samples.parameters, Some(Sample::Object(all)) if !all.is_empty());
        let with_parameters = match form {
            _ if !has_two => true,
            Form::Example { with_parameters } => with_parameters,
            Form::Snippet | Form::Call => is_set,
        };
        let name = if has_two && with_parameters { format!("{name}_with") } else { identifier(name) };
        Self { name, with_parameters }
    }
}

fn body<'a>(
    values: &mut Values<'a>,
    operation: &'a Operation,
    sample: Option<&Sample>,
) -> Result<Option<Object>, Unfit> {
    let Some(body) = &operation.body else {
        return match sample {
            Some(_) => Err(Unfit::new("must have no body")),
            None => Ok(None),
        };
    };
    if let BodyMedia::Binary(media) = &body.media {
        let name = string(&format!("file.{}", ending(media)));
        let value = tried(call(Path::function("std::fs", "read"), vec![name]));
        return Ok(Some(Object { value, nulls: Vec::new() }));
    }
    let sample = sample.ok_or_else(|| Unfit::new("has no body, and the operation needs one"))?;
    values.body(&body.ty, sample).map(Some)
}

/// The statements of a call.
struct Calls<'a> {
    names: &'a Examples,
    operation: &'a Operation,
    method: &'a str,
    form: Form,
}

impl Calls<'_> {
    fn statements(&self, inputs: Vec<(&'static str, Object)>) -> Vec<Doc> {
        let mut statements = Vec::new();
        if self.form == Form::Snippet {
            let client = tried(call(Path::function("Client", "from_env"), Vec::new()));
            statements.push(assigned("let", &self.names.client, client));
        }
        if inputs.iter().all(|(_, input)| input.nulls.is_empty()) {
            let arguments = inputs.iter().map(|(_, input)| input.value.clone()).collect();
            let all = self.call(arguments);
            // A value that doesn't fit on its line gets a variable first.
            let is_on_its_line = |statement: &Doc| Snippet::layout(statement, WIDTH).text().lines().count() == 1;
            if inputs.is_empty() || all.first().is_some_and(is_on_its_line) {
                statements.extend(all);
                return statements;
            }
        }
        let variables = inputs.iter().map(|(name, _)| Expr::atom(Class::Plain, *name)).collect();
        for (name, input) in inputs {
            let keyword = if input.nulls.is_empty() { "let" } else { "let mut" };
            statements.push(assigned(keyword, name, input.value));
            statements.extend(Object::null_statements(&input.nulls, name));
        }
        statements.extend(self.call(variables));
        statements
    }

    /// The call and what is done with its response.
    fn call(&self, arguments: Vec<Expr>) -> Vec<Doc> {
        let client = Expr::atom(Class::Plain, identifier(&self.names.client));
        let call = client.method(self.method, arguments);
        let is_example = matches!(self.form, Form::Example { .. });
        match &self.operation.paging {
            Some(Paging::List(_)) if is_example => {
                let items = assigned("let mut", "items", call.method("items", Vec::new()));
                let next = Expr::atom(Class::Plain, "items").method("next_item", Vec::new()).link(awaited());
                let some = Class::Function.text("Some").append(plain("(item)"));
                let head = Class::Keyword.text("while let").append(plain(" ")).append(some).append(plain(" = "));
                let inner = Doc::hardline().append(print("{item:?}", &[])).nest(4);
                let head = head.append(next.doc()).append(plain(" {"));
                vec![items, head.append(inner).append(Doc::hardline()).append(plain("}"))]
            }
            Some(Paging::Sync(_)) if is_example => {
                let update = assigned("let", "update", call.method("update", Vec::new()).link(awaited()));
                let shown = print("{} added, go on from {:?}", &["update.added.len()", "update.cursor"]);
                vec![update, shown]
            }
            _ => {
                let call = call.link(awaited());
                match &self.operation.response.body {
                    ResponseBody::Json(_) => {
                        let shown = (!is_example).then(|| print("{response:#?}", &[]));
                        std::iter::once(assigned("let", "response", call)).chain(shown).collect()
                    }
                    ResponseBody::Binary(media) => vec![assigned("let", "file", call), written(media)],
                    ResponseBody::Empty => vec![call.doc().append(plain(";"))],
                }
            }
        }
    }
}

/// The statements or items, each on lines of its own.
fn lines(all: Vec<Doc>) -> Snippet {
    Snippet::layout(&Doc::concat(all.into_iter().map(|one| one.append(Doc::hardline()))), WIDTH)
}

fn awaited() -> Doc {
    plain(".").append(Class::Keyword.text("await")).append(plain("?"))
}

/// `println!("format", values);`
fn print(format: &str, values: &[&'static str]) -> Doc {
    let values = values.iter().map(|value| Expr::atom(Class::Plain, *value));
    let arguments = std::iter::once(string(format)).chain(values).collect();
    call(Path::name("println!"), arguments).doc().append(plain(";"))
}

/// `std::fs::write("file.pdf", file.bytes())?;`
fn written(media: &str) -> Doc {
    let bytes = Expr::atom(Class::Plain, "file").method("bytes", Vec::new());
    let arguments = vec![string(&format!("file.{}", ending(media))), bytes];
    tried(call(Path::function("std::fs", "write"), arguments)).doc().append(plain(";"))
}

/// The file name for a media type: `pdf` for `application/pdf`.
fn ending(media: &str) -> &str {
    let subtype = media.split(['/', ';', '+']).nth(1).unwrap_or_default().trim();
    if !subtype.is_empty() && subtype.len() <= 4 && subtype.chars().all(char::is_alphanumeric) {
        subtype
    } else {
        "bin"
    }
}
