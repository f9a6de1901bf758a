//! Controls by type.

use maud::{Markup, html};
use plaid_catalog::model::{Api, Constraints, Enum, Field, Kind, Type, TypeId};

use super::field::Fields;

/// Texts that may have more characters than this get several lines.
const ONE_LINE: usize = 200;

/// The kind of a control: `text`, `number`, `bool`, `json`, `object`, `list` or `map`.
pub fn kind(fields: &Fields<'_>, ty: &Type) -> &'static str {
    match fields.api().resolve(ty) {
        Type::Nullable(inner) => kind(fields, inner),
        Type::String | Type::DecimalString | Type::Date | Type::DateTime => "text",
        Type::Integer | Type::Float | Type::Decimal => "number",
        Type::Bool => "bool",
        Type::List(_) => "list",
        Type::Map(_) => "map",
        Type::Json | Type::JsonObject => "json",
        Type::Named(id) => match fields.api().types.get(id).map(|def| &def.kind) {
            Some(Kind::Enum(_)) => "text",
            Some(Kind::Struct(_)) if !fields.is_around(id) => "object",
            _ => "json",
        },
    }
}

/// The enum of a type, or of the elements of a list.
pub fn list_of_values<'a>(api: &'a Api, ty: &'a Type) -> Option<(&'a TypeId, &'a Enum)> {
    match api.resolve(ty) {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => list_of_values(api, inner),
        Type::Named(id) => match &api.types.get(id)?.kind {
            Kind::Enum(list) => Some((id, list)),
            _ => None,
        },
        _ => None,
    }
}

impl<'a> Fields<'a> {
    /// The control of a property, and the properties inside it. `name` is the id of its label and `help` that of its docs.
    pub fn control(&mut self, field: &'a Field, name: &str, help: &str) -> (Markup, Option<Markup>) {
        let about = About { wire: &field.wire, limits: &field.docs.constraints };
        self.value(&field.ty, &about, Some(name), Some(help))
    }

    /// A value that is written as JSON.
    pub fn json(&mut self, label: &str) -> Markup {
        html! { textarea.v.code rows="4" spellcheck="false" aria-label=(label) {} }
    }

    /// A value, and the properties inside it.
    fn value(
        &mut self,
        ty: &'a Type,
        about: &About<'a>,
        name: Option<&str>,
        help: Option<&str>,
    ) -> (Markup, Option<Markup>) {
        let ty = self.api().resolve(ty);
        let control = match ty {
            Type::Nullable(inner) => return self.value(inner, about, name, help),
            Type::List(element) => self.several(element, about, false),
            Type::Map(value) => self.several(value, about, true),
            Type::Bool => html! {
                select.v id=[name] aria-describedby=[help] aria-label=[about.label(name)] {
                    // Without texts inside, the page has fewer nodes.
                    option value="" label="not set" {}
                    option value="true" label="true" {}
                    option value="false" label="false" {}
                }
                (menu(about))
            },
            _ => match self.object(ty) {
                Some((id, object)) => {
                    let group = self.inside(id, |fields| fields.group(object, name));
                    let button = html! {
                        button.link.set type="button" data-act="open" { "Set " (about.wire) }
                        (menu(about))
                    };
                    return (button, Some(group));
                }
                None => html! { (self.text(ty, about, name, help)) (menu(about)) },
            },
        };
        (control, None)
    }

    /// A control in which a person writes.
    fn text(&self, ty: &Type, about: &About<'_>, name: Option<&str>, help: Option<&str>) -> Markup {
        let label = about.label(name);
        let (hint, mode) = match ty {
            Type::Integer => (None, Some("numeric")),
            Type::Float | Type::Decimal | Type::DecimalString => (None, Some("decimal")),
            Type::Date => (Some("2026-01-31"), None),
            Type::DateTime => (Some("2026-01-31T09:30:00Z"), None),
            Type::Json | Type::JsonObject => (Some("{ }"), None),
            _ => (None, None),
        };
        let values = list_of_values(self.api(), ty).map(|(id, _)| format!("values:{id}"));
        let is_json = kind(self, ty) == "json";
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

    /// A list or map: the place of its elements, what an element is made from, and a button.
    fn several(&mut self, element: &'a Type, about: &About<'a>, is_map: bool) -> Markup {
        let limits = self.limits_of(element);
        let inner = About { wire: about.wire, limits };
        let kind = kind(self, element);
        let (control, group) = self.value(element, &inner, None, None);
        let is_small = !is_map && matches!(kind, "text" | "number" | "bool");
        html! {
            div.elements.small[is_small] role="group" aria-label=(about.wire) {
                div.item.proto role="group" aria-label=(about.wire) data-t=(kind) {
                    @if is_map { input.key aria-label={ "Key in " (about.wire) } placeholder="key" spellcheck="false" autocapitalize="off"; }
                    (control)
                    @if let Some(group) = group { (group) }
                }
                button.link type="button" data-act="add" aria-label={ "Add to " (about.wire) } { "Add" }
            }
            (menu(about))
        }
    }

    /// The limits of an element's type.
    fn limits_of(&self, ty: &'a Type) -> &'a Constraints {
        const NONE: &Constraints = &Constraints {
            minimum: None,
            maximum: None,
            multiple_of: None,
            min_length: None,
            max_length: None,
            pattern: None,
            format: None,
            min_items: None,
            max_items: None,
            unique_items: false,
            min_properties: None,
            max_properties: None,
            allowed: Vec::new(),
            default: None,
            read_only: false,
            write_only: false,
        };
        match ty {
            Type::Named(id) => self.api().types.get(id).map_or(NONE, |def| &def.docs.constraints),
            _ => NONE,
        }
    }
}

/// What a control needs to know about its property.
struct About<'a> {
    wire: &'a str,
    limits: &'a Constraints,
}

impl<'a> About<'a> {
    /// The name of a control that has no label.
    fn label(&self, id: Option<&str>) -> Option<&'a str> {
        match id {
            Some(_) => None,
            None => Some(self.wire),
        }
    }
}

/// The button that opens the menu of a value.
fn menu(about: &About<'_>) -> Markup {
    html! { button.more type="button" data-act="menu" aria-haspopup="menu" aria-label={ "More about " (about.wire) } {} }
}
