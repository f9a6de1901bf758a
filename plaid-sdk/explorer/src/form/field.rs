//! Properties: name, type, docs and control of each.

use std::collections::HashSet;

use maud::{Markup, html};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Api, Docs, Field, Kind, Struct, Type, TypeId};

use super::{control, prose, words};

/// An object with more optional properties than this shows them on demand.
const UNFOLDED: usize = 6;

/// Renders the properties of one form.
pub struct Fields<'a> {
    catalog: &'a Catalog,
    /// The path of the object whose properties are rendered.
    path: Vec<&'a str>,
    /// The objects around, to notice one that contains itself.
    around: Vec<&'a TypeId>,
    /// The enums whose values are already on the page.
    listed: HashSet<&'a TypeId>,
    /// How many controls there are.
    controls: usize,
}

impl<'a> Fields<'a> {
    pub fn new(catalog: &'a Catalog) -> Self {
        Self { catalog, path: Vec::new(), around: Vec::new(), listed: HashSet::new(), controls: 0 }
    }

    pub fn api(&self) -> &'a Api {
        self.catalog.api()
    }

    /// Whether the properties of this type are being rendered.
    pub fn is_around(&self, id: &TypeId) -> bool {
        self.around.contains(&id)
    }

    /// A new id of a control.
    pub fn id(&mut self) -> String {
        self.controls += 1;
        format!("c{}", self.controls)
    }

    /// Renders inside an object.
    pub fn inside<T>(&mut self, id: &'a TypeId, render: impl FnOnce(&mut Self) -> T) -> T {
        self.around.push(id);
        let rendered = render(self);
        self.around.pop();
        rendered
    }

    /// The struct of a type, unless the type is inside itself: then its value is written as JSON.
    pub fn object(&self, ty: &'a Type) -> Option<(&'a TypeId, &'a Struct)> {
        let Type::Named(id) = self.api().resolve(ty) else { return None };
        match &self.api().types.get(id)?.kind {
            Kind::Struct(object) if !self.around.contains(&id) => Some((id, object)),
            _ => None,
        }
    }

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
        self.path.push(&field.wire);
        let anchor = self.path.join(".");
        let (name, help) = (self.id(), self.id());
        let docs = self.docs_of(field);
        let limits = &field.docs.constraints;
        let mut words = words::of(self.api(), &field.ty, limits, field.nullable);
        if let Some(place) = place {
            words = format!("{words}, {place}");
        }
        let (control, group) = self.control(field, &name, &help);
        let values = self.values(&field.ty);
        let kind = control::kind(self, &field.ty);
        let is_labelled = matches!(kind, "text" | "number" | "bool" | "json");
        let rendered = html! {
            div.f id=(anchor) data-n=(field.wire) data-t=(kind) data-req[field.required] data-secret[field.redacted.is_some()]
                data-id[field.is_id] data-nullable[field.nullable]
                data-open[kind == "object" && field.required] {
                @if is_labelled {
                    label.n for=(name) { (field.wire) (marks(field)) span.t { (words) } }
                } @else {
                    span.n id=(name) { (field.wire) (marks(field)) span.t { (words) } }
                }
                (control)
                @if docs.is_told() { div.help id=(help) { (prose::docs(self.catalog, docs)) } }
                @if let Some(values) = values { (values) }
                @if let Some(group) = group { (group) }
            }
        };
        self.path.pop();
        rendered
    }

    /// The docs of a property; those of its type if it has none.
    fn docs_of(&self, field: &'a Field) -> &'a Docs {
        let of_type = || match field.ty.leaf() {
            Type::Named(id) => self.api().types.get(id).map(|def| &def.docs),
            _ => None,
        };
        if field.docs.is_told() { &field.docs } else { of_type().unwrap_or(&field.docs) }
    }

    /// The values of an enum with their docs, where it is used first.
    fn values(&mut self, ty: &'a Type) -> Option<Markup> {
        let (id, list) = control::list_of_values(self.api(), ty)?;
        let catalog = self.catalog;
        let count = list.values.len();
        if !self.listed.insert(id) {
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
