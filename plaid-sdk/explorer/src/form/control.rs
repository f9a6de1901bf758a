//! Controls of single values.

use maud::{Markup, html};
use plaid_catalog::model::{Constraints, Type};

use super::fields::Fields;
use super::kind::{kind, list_of_values};

/// Texts that may have more characters than this get several lines.
const ONE_LINE: usize = 200;

/// What a control needs to know about its property.
pub struct About<'a> {
    /// The name of the property.
    pub wire: &'a str,
    /// Its limits.
    pub limits: &'a Constraints,
}

impl<'a> About<'a> {
    /// The name of a control that has no label.
    pub fn label(&self, id: Option<&str>) -> Option<&'a str> {
        match id {
            Some(_) => None,
            None => Some(self.wire),
        }
    }
}

/// A control in which a person writes.
pub fn text(fields: &Fields<'_>, ty: &Type, about: &About<'_>, name: Option<&str>, help: Option<&str>) -> Markup {
    let label = about.label(name);
    let (hint, mode) = match ty {
        Type::Integer => (None, Some("numeric")),
        Type::Float | Type::Decimal | Type::DecimalString => (None, Some("decimal")),
        Type::Date => (Some("2026-01-31"), None),
        Type::DateTime => (Some("2026-01-31T09:30:00Z"), None),
        Type::Json | Type::JsonObject => (Some("{ }"), None),
        _ => (None, None),
    };
    let values = list_of_values(fields.api(), ty).map(|(id, _)| format!("values:{id}"));
    let is_json = kind(fields, ty) == "json";
    let is_file = matches!(about.limits.format.as_deref(), Some("binary" | "byte"));
    let is_long = about.limits.max_length.is_some_and(|most| most > ONE_LINE)
        || (*ty == Type::String && ["description", "message", "notes"].iter().any(|end| about.wire.ends_with(end)));
    if is_json || is_long || is_file {
        return html! {
            textarea.v.code[is_json] id=[name] rows=(if is_json { 4 } else { 2 }) spellcheck="false" placeholder=[hint]
                aria-describedby=[help] aria-label=[label] data-file[is_file] {}
        };
    }
    html! {
        input.v id=[name] inputmode=[mode] placeholder=[hint] spellcheck="false" autocapitalize="off"
            aria-describedby=[help] aria-label=[label] data-values=[values];
    }
}

/// The choice between true and false.
pub fn boolean(about: &About<'_>, name: Option<&str>, help: Option<&str>) -> Markup {
    html! {
        select.v id=[name] aria-describedby=[help] aria-label=[about.label(name)] {
            // Without texts inside, the page has fewer nodes.
            option value="" label="not set" {}
            option value="true" label="true" {}
            option value="false" label="false" {}
        }
    }
}

/// The button that opens the menu of a value.
pub fn menu(about: &About<'_>) -> Markup {
    html! { button.more type="button" data-act="menu" aria-haspopup="menu" aria-label={ "More about " (about.wire) } {} }
}
