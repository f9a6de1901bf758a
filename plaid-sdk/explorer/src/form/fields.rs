//! The place in a form that is being rendered.

use std::collections::HashSet;

use plaid_catalog::Catalog;
use plaid_catalog::model::{Api, Docs, Field, Kind, Struct, Type, TypeId};

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

    /// The docs of a property; those of its type if it has none.
    pub fn docs_of(&self, field: &'a Field) -> &'a Docs {
        let of_type = || match field.ty.leaf() {
            Type::Named(id) => self.api().types.get(id).map(|def| &def.docs),
            _ => None,
        };
        if field.docs.is_told() { &field.docs } else { of_type().unwrap_or(&field.docs) }
    }

    /// The catalog.
    pub fn catalog(&self) -> &'a Catalog {
        self.catalog
    }

    /// Whether an enum is met for the first time.
    pub fn is_new(&mut self, id: &'a TypeId) -> bool {
        self.listed.insert(id)
    }

    /// Renders a property. `anchor` is its path from the root of the request.
    pub fn at<T>(&mut self, name: &'a str, render: impl FnOnce(&mut Self, String) -> T) -> T {
        self.path.push(name);
        let anchor = self.path.join(".");
        let rendered = render(self, anchor);
        self.path.pop();
        rendered
    }
}
