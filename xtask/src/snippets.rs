//! `cargo xtask snippets LANGUAGE`: checks the snippets of all operations in a language.

mod compare;
mod go;
mod java;
mod ruby;
mod typed;

/// Checks the snippets of a language.
///
/// # Errors
/// A snippet that is wrong, or a tool that is missing.
pub fn run(language: &str) -> Result<(), String> {
    match language {
        "go" => typed::run(&go::Go),
        "java" => typed::run(&java::Java),
        "ruby" => typed::run(&ruby::Ruby),
        other => {
            Err(format!("error: snippets in `{other}` are not checked by this command; it knows go, java and ruby"))
        }
    }
}
