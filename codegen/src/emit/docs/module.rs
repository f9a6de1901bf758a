//! The docs of a module.

use crate::emit::context::Context;
use crate::emit::links::Origin;
use api_model::Operation;
use api_model::layout::Module;

/// The docs of a module: its summary line, its text, and a list of its operations, since these are methods of the
/// client and documented on another page.
pub fn of_module(context: &Context<'_>, module: &Module, index: usize) -> String {
    let mut about = module.about.clone();
    if let Some(text) = &module.text {
        about.push_str("\n\n");
        about.push_str(&context.links.text(text, Origin::within(index)));
    }
    let operations = context.layout.operations_of(context.api, index);
    let operations: Vec<String> = operations.map(|operation| line(context, operation, index)).collect();
    if !operations.is_empty() {
        about.push_str("\n\n# Operations\n\n");
        about.push_str(&operations.join("\n"));
    }
    about
}

/// An operation as a list element: its method, and its summary in one line.
fn line(context: &Context<'_>, operation: &Operation, module: usize) -> String {
    let mut line = format!("- [`{0}`](crate::Client::{0})", context.method(operation));
    if operation.docs.deprecated {
        line.push_str(" (deprecated)");
    }
    let summary = operation.docs.summary.as_ref().map(|summary| context.links.text(summary, Origin::within(module)));
    let summary = summary.unwrap_or_default();
    let summary: Vec<&str> = summary.split_whitespace().collect();
    if !summary.is_empty() {
        line.push_str(": ");
        line.push_str(&summary.join(" "));
    }
    line
}
