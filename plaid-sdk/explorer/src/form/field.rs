//! Properties: name, type, docs and control of each.

use maud::{Markup, html};
use plaid_catalog::model::{Field, Struct, Type};

use super::control::{self, About};
use super::fields::Fields;
use super::kind::{kind, limits_of, list_of_values};
use super::{prose, words};

/// An object with more optional properties than this shows them on demand.
const UNFOLDED: usize = 6;

impl<'a> Fields<'a> {
    /// The properties of an object, and a button for those that are not shown. `label` is the id of its name.
    pub fn group(&mut self, object: &'a Struct, label: Option<&str>) -> Markup {
        let fields: Vec<&Field> = object.caller_fields().collect();
        let optional = fields.iter().filter(|field| !field.required).count();
        let rows: Vec<Markup> = fields.into_iter().map(|field| self.field(field, None)).collect();
        let folds = optional > UNFOLDED;
        html! {
            div.group role=[label.map(|_| "group")] aria-labelledby=[label] data-all[!folds] {
                @for row in &rows { (row) }
                @if folds {
                    div.rest {
                        button.link type="button" aria-expanded="false" data-act="all" { (optional) " optional properties" }
                        input type="search" data-act="find" placeholder="Find a property" aria-label="Find a property";
                    }
                }
            }
        }
    }

    /// A parameter outside the body.
    pub fn parameter(&mut self, field: &'a Field, place: &str) -> Markup {
        self.field(field, Some(place))
    }

    fn field(&mut self, field: &'a Field, place: Option<&str>) -> Markup {
        self.at(&field.wire, |fields, anchor| fields.property(field, place, &anchor))
    }

    fn property(&mut self, field: &'a Field, place: Option<&str>, anchor: &str) -> Markup {
        let (name, help) = (self.id(), self.id());
        let docs = self.docs_of(field);
        let limits = &field.docs.constraints;
        let mut words = words::of(self.api(), &field.ty, limits, field.nullable);
        if let Some(place) = place {
            words = format!("{words}, {place}");
        }
        let (control, group) = self.control(field, &name, &help);
        let values = self.values(&field.ty);
        let kind = kind(self, &field.ty);
        let is_labelled = matches!(kind, "text" | "number" | "bool" | "json");
        html! {
            div.f id=(anchor) data-n=(field.wire) data-t=(kind) data-req[field.required] data-secret[field.redacted.is_some()]
                data-id[field.is_id] data-nullable[field.nullable]
                data-open[kind == "object" && field.required] {
                @if is_labelled {
                    label.n for=(name) { (field.wire) (marks(field)) span.t { (words) } }
                } @else {
                    span.n id=(name) { (field.wire) (marks(field)) span.t { (words) } }
                }
                (control)
                @if docs.is_told() { div.help id=(help) { (prose::docs(self.catalog(), docs)) } }
                @if let Some(values) = values { (values) }
                @if let Some(group) = group { (group) }
            }
        }
    }

    /// The control of a property, and the properties inside it. `name` is the id of its label and `help` that of its docs.
    fn control(&mut self, field: &'a Field, name: &str, help: &str) -> (Markup, Option<Markup>) {
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
            Type::Bool => html! { (control::boolean(about, name, help)) (control::menu(about)) },
            _ => match self.object(ty) {
                Some((id, object)) => {
                    let group = self.inside(id, |fields| fields.group(object, name));
                    let button = html! {
                        button.link.set type="button" data-act="open" { "Set " (about.wire) }
                        (control::menu(about))
                    };
                    return (button, Some(group));
                }
                None => html! { (control::text(self, ty, about, name, help)) (control::menu(about)) },
            },
        };
        (control, None)
    }

    /// A list or map: the place of its elements, what an element is made from, and a button.
    fn several(&mut self, element: &'a Type, about: &About<'a>, is_map: bool) -> Markup {
        let limits = limits_of(self.api(), element);
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
            (control::menu(about))
        }
    }

    /// The values of an enum with their docs, where it is used first.
    fn values(&mut self, ty: &'a Type) -> Option<Markup> {
        let (id, list) = list_of_values(self.api(), ty)?;
        let catalog = self.catalog();
        let count = list.values.len();
        if !self.is_new(id) {
            return None;
        }
        let rows = html! {
            ul.allowed id={ "values:" (id) } {
                @for one in &list.values {
                    li { code { (one.value) } @if one.docs.is_told() { " " (prose::docs(catalog, &one.docs)) } }
                }
            }
        };
        Some(html! { details.known { summary { (count) " known value" @if count != 1 { "s" } } (rows) } })
    }
}

fn marks(field: &Field) -> Markup {
    html! {
        @if field.required { span.req { "required" } }
        @if field.docs.deprecated { span.old { "deprecated" } }
    }
}
