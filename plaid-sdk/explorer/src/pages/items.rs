//! The lines of lists: an operation, an error code, a webhook.

use plaid_catalog::model::{Effect, ErrorCode, Operation, Webhook};

use super::document::Item;
use super::inline::{Inline, Mark};
use super::links::Address;
use super::view::View;

/// An operation in a list.
pub fn operation(view: &View, operation: &'static Operation) -> Item<'static> {
    let about = operation.docs.summary.as_ref().map(Inline::prose).unwrap_or_default();
    let item = Item::new(&operation.path, Address::operation(view.catalog, operation), about).code();
    // Most operations only read, and the path says which are of the Sandbox.
    let is_telling = |mark: &Mark| !matches!(mark, Mark::ReadOnly | Mark::SandboxOnly);
    item.marks(marks(operation).into_iter().filter(is_telling).collect())
}

/// The marks of an operation.
pub fn marks(operation: &Operation) -> Vec<Mark> {
    let mut marks = Vec::new();
    if operation.docs.deprecated {
        marks.push(Mark::Deprecated);
    }
    if operation.path.starts_with("/sandbox/") {
        marks.push(Mark::SandboxOnly);
    }
    marks.extend(match operation.effect {
        Effect::Reads => Some(Mark::ReadOnly),
        Effect::Writes => None,
        Effect::Deletes => Some(Mark::Deletes),
        Effect::MovesMoney => Some(Mark::MovesMoney),
    });
    marks
}

/// An error code in a list.
pub fn error(code: &'static ErrorCode) -> Item<'static> {
    Item::new(&code.wire, Address::Error(&code.wire), Inline::text(&code.advice)).code().note(code.types.join(", "))
}

/// A webhook in a list.
pub fn webhook(view: &View, webhook: &'static Webhook) -> Item<'static> {
    let Webhook { kind, code, body } = webhook;
    let docs = view.catalog.api().types.get(body).map(|def| &def.docs);
    let about = docs.map(Inline::docs).unwrap_or_default();
    Item::new(format!("{kind}: {code}"), Address::Webhook(kind, code), about).code()
}
