//! Calls in Go, with a client of openapi-generator: a constructor takes what is required, and setters the rest. An object
//! with setters gets a variable of its own.

mod plain;
mod values;

use self::values::Writer;
use super::built::Rules;
use super::call::Call;
use super::client::Place;
use super::code::{self, WIDTH, lines};
use super::typed::{Form, Typed, form};
use super::{Class, Doc, Language, Snippet, SnippetError, words};

/// The packages of Go that snippets use.
const STANDARD: [&str; 9] = ["context", "encoding/json", "fmt", "io", "log", "net/http", "os", "strings", "time"];

/// The call as a program.
///
/// # Errors
/// What neither the client nor plain HTTP can express: see [`Call::http`].
pub fn snippet(call: &Call<'_>) -> Result<Snippet, SnippetError> {
    let rules = Rules { constant, omits_null: false, compacts: false };
    Ok(match form(call, Language::Go, rules, words::pascal)? {
        Form::Client(typed) => client(call, &typed),
        Form::Plain(http, reason) => plain::program_of(&http, &reason),
    })
}

/// `COUNTRYCODE_US`, for the value `US` of `CountryCode`.
fn constant(class: &str, value: &str) -> String {
    format!("{}_{}", class.to_uppercase(), words::constant(value))
}

fn client(call: &Call<'_>, typed: &Typed<'_>) -> Snippet {
    let mut writer = Writer::new(&typed.facts.qualifier);
    let mut arguments = vec![Doc::text("ctx")];
    let mut setters = Vec::new();
    for (argument, value) in &typed.arguments {
        let Some(value) = value else { continue };
        match &argument.place {
            Place::Body => {
                let request = writer.request(value);
                let setter = argument.setter.clone().unwrap_or_else(|| argument.ty.to_string());
                setters.push((setter, request));
            }
            Place::Path(name) => arguments.push(writer.expression(value, name)),
            Place::Query(name) | Place::Header(name) => {
                let setter = argument.setter.clone().unwrap_or_else(|| words::pascal(name));
                setters.push((setter, writer.expression(value, name)));
            }
        }
    }
    let method = Class::Plain.text("client").append(".").append(Class::Type.text(typed.facts.service.clone()));
    let method = method.append(".").append(Class::Function.text(typed.method.clone()));
    let mut execute = method.append("(").append(Doc::intersperse(arguments, ", ")).append(")");
    for (setter, value) in setters {
        execute = execute.append(".").append(Class::Function.text(setter)).append("(").append(value).append(")");
    }
    let execute = Class::Plain.text("response, _, err := ").append(execute).append(".");
    let execute = execute.append(Class::Function.text("Execute")).append("()");
    let setup = typed.setup(call.address, Language::Go, quoted);
    let context = Doc::text("ctx := context.").append(Class::Function.text("Background")).append("()");
    let mut body = vec![setup, context, Doc::nil()];
    body.extend(typed.notes("//"));
    body.append(&mut writer.statements);
    body.push(execute);
    body.push(fail());
    body.push(print(&["response"]));
    program(Some(&typed.setup.import), Vec::new(), body)
}

/// A program with these statements. It imports the packages that they use.
fn program(import: Option<&str>, comments: Vec<Doc>, statements: Vec<Doc>) -> Snippet {
    let body = Doc::hardline()
        .append(lines(statements))
        .nest(INDENT)
        .append(Doc::hardline())
        .append("}")
        .append(Doc::hardline());
    let body = Snippet::layout(&body, WIDTH);
    let code: String = body.spans.iter().filter(|span| is_code(span.class)).map(|span| span.text.as_str()).collect();
    let is_used = |path: &&str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        code.split(|letter: char| !letter.is_alphanumeric() && letter != '.')
            .any(|word| word.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
    };
    let string = |path: &str| Class::String.text(format!("\"{path}\""));
    let mut imports: Vec<Doc> = STANDARD.into_iter().filter(is_used).map(string).collect();
    if let Some(import) = import {
        imports.extend([Doc::nil(), string(import)]);
    }
    let mut head = vec![Class::Keyword.text("package").append(" main"), Doc::nil()];
    let imports = Doc::hardline().append(lines(imports)).nest(INDENT).append(Doc::hardline());
    head.extend([Class::Keyword.text("import").append(" (").append(imports).append(")"), Doc::nil()]);
    head.extend(comments);
    let main = Class::Keyword.text("func").append(" ").append(Class::Function.text("main")).append("() {");
    head.push(main);
    let mut program = Snippet::layout(&lines(head), WIDTH);
    for span in &body.spans {
        program.push(span.class, &span.text);
    }
    code::tidy(&mut program, Some("\t"));
    program
}

fn is_code(class: Class) -> bool {
    !matches!(class, Class::String | Class::Comment)
}

/// The end of the program if there is an error.
fn fail() -> Doc {
    let fatal = Class::Plain.text("log.").append(Class::Function.text("Fatal")).append("(err)");
    let head = Class::Keyword.text("if").append(" err != ").append(Class::Literal.text("nil")).append(" {");
    head.append(Doc::hardline().append(fatal).nest(INDENT)).append(Doc::hardline()).append("}")
}

fn print(variables: &[&str]) -> Doc {
    Class::Plain.text("fmt.").append(Class::Function.text("Println")).append(format!("({})", variables.join(", ")))
}

/// A text as a string of Go.
fn quoted(text: &str) -> String {
    code::quoted(text, '"', |letter| match u32::from(letter) {
        short @ ..=0xffff => format!("\\u{short:04x}"),
        long => format!("\\U{long:08x}"),
    })
}

/// How far lines are indented before each step becomes a tab.
const INDENT: isize = code::TAB;

const PARENTHESES: code::Brackets =
    code::Brackets { open: "(", close: ")", spaced: false, trailing_comma: true, indent: INDENT };
const BRACES: code::Brackets = code::Brackets { open: "{", close: "}", ..PARENTHESES };
