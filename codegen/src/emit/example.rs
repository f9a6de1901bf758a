//! An example for each operation: a short and complete call with the operation's sample. It is also a test, since
//! rustdoc compiles it.

use api_tools::snippets::rust::{Form, call_of};

use super::context::Context;
use api_model::Operation;

/// The code of an example for a method of the operation. There is none if `sdk.yaml` names no crate, if the operation
/// is deprecated, or if the request contains itself and so can't be written briefly.
pub fn of(context: &Context<'_>, operation: &Operation, with_parameters: bool) -> Option<String> {
    let names = context.layout.examples.as_ref().filter(|_| !operation.docs.deprecated)?;
    let (of, client) = (&names.of, &names.client);
    let form = Form::Example { with_parameters };
    let code = call_of(context.api, context.layout, operation, &operation.samples, form).ok()?;
    let (head, body) = (code.uses.text(), code.statements.text());
    let separator = if head.is_empty() { "" } else { "\n" };
    Some(format!(
        "{head}{separator}# async fn demo({client}: {of}::Client) -> Result<(), Box<dyn std::error::Error>> {{\n{body}# \
         Ok(())\n# }}\n"
    ))
}
