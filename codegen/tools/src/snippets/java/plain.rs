//! Calls by plain HTTP in Java.

use super::{INDENT, print, program, quoted};
use crate::snippets::call::Http;
use crate::snippets::code::{self, WIDTH};
use crate::snippets::typed::comment;
use crate::snippets::{Class, Doc, Snippet};

/// The call as a program, and why it doesn't use the client.
pub fn program_of(http: &Http<'_>, reason: &str) -> Snippet {
    let string = |text: &str| Class::String.text(quoted(text));
    let step = |name: &'static str, arguments: Vec<Doc>| {
        let step = Doc::hardline().append(".").append(Class::Function.text(name));
        step.append("(").append(Doc::intersperse(arguments, ", ")).append(")")
    };
    let publisher = |name: &'static str, argument: Doc| {
        let publishers = Class::Type.text("HttpRequest").append(".").append(Class::Type.text("BodyPublishers"));
        publishers.append(".").append(Class::Function.text(name)).append("(").append(argument).append(")")
    };
    let mut statements = Vec::new();
    let mut body = publisher("noBody", Doc::nil());
    if let Some(sample) = http.body {
        let text = Snippet::layout(&code::json(sample), WIDTH).text();
        let mut lines: Vec<Doc> = text.lines().map(string).collect();
        let separator = Doc::hardline().append("+ ");
        let joined =
            if lines.len() == 1 { lines.remove(0) } else { Doc::intersperse(lines, separator).nest(2 * INDENT) };
        statements.push(Class::Type.text("String").append(" body = ").append(joined).append(";"));
        body = publisher("ofString", Doc::text("body"));
    }
    let uri = Class::Type.text("URI").append(".").append(Class::Function.text("create"));
    let mut steps = vec![step("method", vec![string(http.method), body])];
    if http.body.is_some() {
        steps.push(step("header", vec![string("Content-Type"), string("application/json")]));
    }
    for (name, value) in &http.headers {
        steps.push(step("header", vec![string(name), string(value)]));
    }
    for (name, variable) in &http.credentials {
        let value = Class::Type.text("System").append(".").append(Class::Function.text("getenv"));
        steps.push(step("header", vec![string(name), value.append("(").append(string(variable)).append(")")]));
    }
    steps.push(step("build", Vec::new()));
    let builder = Class::Type.text("HttpRequest").append(".").append(Class::Function.text("newBuilder")).append("(");
    let builder = builder.append(uri).append("(").append(string(&http.url)).append("))");
    let builder = builder.append(Doc::concat(steps).nest(2 * INDENT));
    statements.push(Class::Type.text("HttpRequest").append(" request = ").append(builder).append(";"));
    let handler = Class::Type.text("HttpResponse").append(".").append(Class::Type.text("BodyHandlers"));
    let handler = handler.append(".").append(Class::Function.text("ofString")).append("()");
    let send = Class::Type.text("HttpClient").append(".").append(Class::Function.text("newHttpClient")).append("().");
    let send = send.append(Class::Function.text("send")).append("(request, ").append(handler).append(");");
    let ty = Class::Type.text("HttpResponse").append("<").append(Class::Type.text("String")).append(">");
    statements.push(ty.append(" response = ").append(send));
    let get = |name: &'static str| Doc::text("response.").append(Class::Function.text(name)).append("()");
    statements.push(print(get("statusCode").append(" + ").append(string(" ")).append(" + ").append(get("body"))));
    program("", comment("//", reason), statements, "Exception")
}
