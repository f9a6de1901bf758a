//! Calls by plain HTTP in Go.

use super::{fail, print, program, quoted};
use crate::snippets::call::Http;
use crate::snippets::code::{self, WIDTH};
use crate::snippets::typed::comment;
use crate::snippets::{Class, Doc, Snippet};

/// The call as a program, and why it doesn't use the client.
pub fn program_of(http: &Http<'_>, reason: &str) -> Snippet {
    let mut statements = Vec::new();
    let mut reader = Class::Literal.text("nil");
    if let Some(body) = http.body {
        let text = Snippet::layout(&code::json(body), WIDTH).text();
        // A raw string can't contain a backquote, and Go removes carriage returns from it. JSON escapes those.
        let string = if text.contains('`') { quoted(&text) } else { format!("`{text}`") };
        statements.push(Doc::text("body := ").append(Class::String.text(string)));
        reader = Doc::text("strings.").append(Class::Function.text("NewReader")).append("(body)");
    }
    let string = |text: &str| Class::String.text(quoted(text));
    let call = Doc::text("http.").append(Class::Function.text("NewRequest")).append("(");
    let call = call.append(string(http.method)).append(", ").append(string(&http.url)).append(", ").append(reader);
    statements.extend([Doc::text("request, err := ").append(call).append(")"), fail()]);
    let header = |name: &str, value: Doc| {
        let set = Doc::text("request.Header.").append(Class::Function.text("Set")).append("(");
        set.append(string(name)).append(", ").append(value).append(")")
    };
    if http.body.is_some() {
        statements.push(header("Content-Type", string("application/json")));
    }
    for (name, value) in &http.headers {
        statements.push(header(name, string(value)));
    }
    for (name, variable) in &http.credentials {
        let value =
            Doc::text("os.").append(Class::Function.text("Getenv")).append("(").append(string(variable)).append(")");
        statements.push(header(name, value));
    }
    let done = Doc::text("http.DefaultClient.").append(Class::Function.text("Do")).append("(request)");
    statements.extend([Doc::text("response, err := ").append(done), fail()]);
    let close =
        Class::Keyword.text("defer").append(" response.Body.").append(Class::Function.text("Close")).append("()");
    let read = Doc::text("text, err := io.").append(Class::Function.text("ReadAll")).append("(response.Body)");
    statements.extend([close, read, fail(), print(&["response.Status", "string(text)"])]);
    program(None, comment("//", reason), statements)
}
