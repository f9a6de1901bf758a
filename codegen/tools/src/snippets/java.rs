//! Calls in Java, with a client of openapi-generator for Retrofit: objects are built by setters that can be chained.

mod plain;
mod values;

use super::built::Rules;
use super::call::Call;
use super::code::{self, WIDTH, lines};
use super::typed::{Form, Typed, form};
use super::{Class, Doc, Language, Snippet, SnippetError, words};

/// The classes of Java that snippets use, apart from those of `java.lang`.
const STANDARD: [&str; 14] = [
    "java.io.IOException",
    "java.math.BigDecimal",
    "java.net.URI",
    "java.net.http.HttpClient",
    "java.net.http.HttpRequest",
    "java.net.http.HttpResponse",
    "java.time.LocalDate",
    "java.time.OffsetDateTime",
    "java.util.Arrays",
    "java.util.LinkedHashSet",
    "java.util.List",
    "java.util.Map",
    "java.util.UUID",
    "java.util.Objects",
];

/// The call as a program.
///
/// # Errors
/// What neither the client nor plain HTTP can express: see [`Call::http`].
pub fn snippet(call: &Call<'_>) -> Result<Snippet, SnippetError> {
    let rules = Rules { constant: |_, value| words::constant(value), omits_null: true, compacts: false };
    Ok(match form(call, Language::Java, rules, ToOwned::to_owned)? {
        Form::Client(typed) => client(call, &typed),
        Form::Plain(http, reason) => plain::program_of(&http, &reason),
    })
}

fn client(call: &Call<'_>, typed: &Typed<'_>) -> Snippet {
    let setup = typed.setup(call.address, Language::Java, quoted);
    let mut statements = vec![setup, Doc::nil()];
    statements.extend(typed.notes("//"));
    let mut arguments = Vec::new();
    for (argument, value) in &typed.arguments {
        match value {
            Some(value) if argument.place == super::client::Place::Body => {
                let ty = values::ty(&argument.ty);
                let value = values::statement(value);
                statements.push(ty.append(" request = ").append(value).append(";"));
                arguments.push(Doc::text("request"));
            }
            Some(value) => arguments.push(values::expression(value)),
            // The arguments have places, so an absent one is null.
            None => arguments.push(Class::Literal.text("null")),
        }
    }
    let method = Doc::text("client.").append(Class::Function.text(typed.method.clone()));
    let call = method.append(code::members(PARENTHESES, arguments)).append(".").append(Class::Function.text("execute"));
    statements.push(Class::Keyword.text("var").append(" response = ").append(call).append("();"));
    let failed =
        Class::Keyword.text("if").append(" (!response.").append(Class::Function.text("isSuccessful")).append("()) {");
    let body = Doc::text("response.").append(Class::Function.text("errorBody")).append("().");
    let thrown = Class::Keyword.text("throw").append(" ").append(Class::Keyword.text("new")).append(" ");
    let thrown = thrown.append(Class::Function.text("IOException")).append("(").append(body);
    let thrown = thrown.append(Class::Function.text("string")).append("());");
    statements.push(failed.append(Doc::hardline().append(thrown).nest(INDENT)).append(Doc::hardline()).append("}"));
    statements.push(print(Doc::text("response.").append(Class::Function.text("body")).append("()")));
    program(&typed.setup.import, Vec::new(), statements, "IOException")
}

/// A program with these statements. It imports the classes that they use.
fn program(imports: &str, comments: Vec<Doc>, statements: Vec<Doc>, throws: &'static str) -> Snippet {
    let keyword = |word: &str| Class::Keyword.text(word.to_owned());
    let main = keyword("public").append(" ").append(keyword("static")).append(" ").append(keyword("void")).append(" ");
    let main =
        main.append(Class::Function.text("main")).append("(").append(Class::Type.text("String")).append("[] args) ");
    let main = main.append(keyword("throws")).append(" ").append(Class::Type.text(throws)).append(" {");
    let main = main.append(Doc::hardline().append(lines(statements)).nest(INDENT)).append(Doc::hardline()).append("}");
    let class = keyword("public").append(" ").append(keyword("class")).append(" ").append(Class::Type.text("Example"));
    let class =
        class.append(" {").append(Doc::hardline().append(main).nest(INDENT)).append(Doc::hardline()).append("}");
    let class = Snippet::layout(&lines(comments.into_iter().chain([class])).append(Doc::hardline()), WIDTH);
    let is_used = |path: &&str| {
        let name = path.rsplit('.').next().unwrap_or(path);
        let is_word = |text: &str| text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == name);
        class.spans.iter().any(|span| !matches!(span.class, Class::String | Class::Comment) && is_word(&span.text))
    };
    let mut paths: Vec<&str> = imports.lines().chain(STANDARD.into_iter().filter(is_used)).collect();
    paths.sort_unstable();
    let import = |path: &str| match path.rsplit_once('.') {
        Some((package, name)) => {
            keyword("import").append(format!(" {package}.")).append(Class::Type.text(name.to_owned())).append(";")
        }
        None => keyword("import").append(format!(" {path};")),
    };
    let head = lines(paths.into_iter().map(import)).append(Doc::hardline()).append(Doc::hardline());
    let mut program = Snippet::layout(&head, WIDTH);
    for span in &class.spans {
        program.push(span.class, &span.text);
    }
    code::tidy(&mut program, None);
    program
}

fn print(value: Doc) -> Doc {
    let print = Class::Type.text("System").append(".out.").append(Class::Function.text("println"));
    print.append("(").append(value).append(");")
}

/// A text as a string of Java. Java reads `\u` escapes before strings, so that it would end a line at `\u000a`: the
/// shared escapes have a letter for those.
fn quoted(text: &str) -> String {
    code::quoted(text, '"', code::unicode_4)
}

const INDENT: isize = 2;
const PARENTHESES: code::Brackets =
    code::Brackets { open: "(", close: ")", spaced: false, trailing_comma: false, indent: 2 * INDENT };
