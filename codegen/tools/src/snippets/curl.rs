//! Calls by the command `curl`, for a POSIX shell.
//!
//! Arguments of a command are visible to all users of a machine (`ps`), so credentials are not arguments: curl reads their
//! headers from file descriptor 3. The body comes from standard input. Both are here documents. The body's is quoted, so
//! that nothing in it has a meaning for the shell.

use super::call::{Call, Http};
use super::code::{self, WIDTH};
use super::error::SnippetError;
use super::{Class, Doc, Snippet};

/// The call as a command.
///
/// # Errors
/// What plain HTTP can't express: see [`Call::http`].
pub fn snippet(call: &Call<'_>) -> Result<Snippet, SnippetError> {
    let Http { method, url, credentials, headers, body } = call.http()?;
    let mut arguments = vec![Class::String.text(quoted(&url))];
    // With a body, curl sends POST, and without one GET.
    if method != if body.is_some() { "POST" } else { "GET" } {
        arguments.push(option("--request", Class::Plain.text(method)));
    }
    for (name, value) in &headers {
        // curl removes a header that ends after the colon; a semicolon makes it an empty one.
        let text = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        arguments.push(option("--header", Class::String.text(quoted(&text))));
    }
    let mut documents = Vec::new();
    if !credentials.is_empty() {
        let lines = credentials.iter().map(|(name, variable)| {
            Class::Property.text(format!("{name}: ")).append(Class::Literal.text(format!("${variable}")))
        });
        arguments.push(option("--header", Class::Plain.text("@/dev/fd/3 3<<HEADERS")));
        documents.push(code::lines(lines.chain([Class::Plain.text("HEADERS")])));
    }
    if let Some(body) = body {
        arguments.push(option("--json", Class::Plain.text("@- <<'JSON'")));
        documents.push(code::lines([code::json(body), Class::Plain.text("JSON")]));
    }
    let arguments = Doc::intersperse(arguments, Doc::text(" \\").append(Doc::hardline())).nest(2);
    let command = Class::Function.text("curl").append(" ").append(arguments);
    Ok(Snippet::layout(&code::lines([command].into_iter().chain(documents)).append(Doc::hardline()), WIDTH))
}

fn option(name: &'static str, value: Doc) -> Doc {
    Class::Property.text(name).append(" ").append(value)
}

/// A word of the shell: in single quotes, if it contains a character with a meaning.
fn quoted(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-._~:/%@+=,".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
