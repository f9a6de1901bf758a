//! The docs of an operation's errors.

use std::collections::HashSet;

use super::text::Text;
use crate::emit::context::Context;
use crate::emit::links::Origin;
use crate::emit::ty;
use api_model::{Operation, Target, Type};

/// Longer advice is only shown on the page of the code.
const MAX_ADVICE: usize = 160;

/// Documents what a call returns if it fails, and the codes that its text names.
pub(super) fn section(context: &Context<'_>, operation: &Operation, text: &mut Text) {
    let from = Origin::within(context.layout.module_of(operation).unwrap_or_default());
    text.paragraph("# Errors");
    text.paragraph("Returns [`Error`](crate::Error). The [guide](crate#errors) shows how to handle it.");
    let mut items: Vec<String> = Vec::new();
    for error in &operation.errors {
        let status = match (error.status, error.class) {
            (Some(status), _) => format!("Status {status}"),
            (None, Some(class)) => format!("Any other status from {class}00 to {class}99"),
            // The error that all operations share.
            (None, None) => continue,
        };
        items.push(match &error.ty {
            // The type is the same whether or not the body may be `null`.
            Some(Type::Nullable(ty)) => format!("{status}: [`{}`]", ty::plain(context, ty)),
            Some(ty) => format!("{status}: [`{}`]", ty::plain(context, ty)),
            None => format!("{status}, without a body"),
        });
    }
    let mut seen = HashSet::new();
    let targets = [&operation.docs.summary, &operation.docs.description].into_iter().flatten();
    for target in targets.flat_map(|text| text.targets()) {
        let Target::ErrorCode(wire) = target else { continue };
        if !seen.insert(wire) {
            continue;
        }
        let link = context.links.link(wire, target, from);
        let code = context.api.error_codes.iter().find(|code| code.wire == *wire);
        let advice = code.map(|code| code.advice.as_str());
        let advice = advice.filter(|advice| advice.chars().count() <= MAX_ADVICE && !advice.contains('\n'));
        items.push(advice.map_or(link.clone(), |advice| format!("{link}: {}", escaped(advice))));
    }
    text.list(&items);
}

/// Advice is plain text.
fn escaped(advice: &str) -> String {
    crate::prose::to_rustdoc(&api_model::Text::markdown(advice), &|_, _| None)
}
