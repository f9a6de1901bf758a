//! Indexes by name. They contain positions, so that a catalog can own them beside the model.

use std::collections::HashMap;

use api_model::{Api, Field, Kind, Operation, TypeDef};

use super::{Unknown, What};
use crate::data::Data;

/// A property with the type that has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PropertyOf<'a> {
    /// The type.
    pub of: &'a TypeDef,
    /// The property.
    pub field: &'a Field,
}

/// Indexes by name.
#[derive(Debug)]
pub(super) struct Lookup {
    operations: HashMap<String, usize>,
    methods: HashMap<String, usize>,
    paths: HashMap<String, Vec<usize>>,
    types: HashMap<String, usize>,
    /// By name, the type and the position of each property.
    properties: HashMap<String, Vec<(usize, usize)>>,
}

impl Lookup {
    pub(super) fn of(data: &Data) -> Self {
        let mut paths: HashMap<String, Vec<usize>> = HashMap::new();
        let mut operations = HashMap::new();
        let mut methods = HashMap::new();
        for (index, operation) in data.api.operations.iter().enumerate() {
            operations.insert(operation.id.clone(), index);
            paths.entry(operation.path.clone()).or_default().push(index);
            if let Some(layout) = data.layout.operations.get(&operation.id) {
                methods.insert(layout.name.clone(), index);
            }
        }
        let mut types = HashMap::new();
        let mut properties: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (index, def) in data.api.types.values().enumerate() {
            types.insert(def.id.to_string(), index);
            let Kind::Struct(object) = &def.kind else { continue };
            for (at, field) in object.fields.iter().enumerate() {
                properties.entry(field.wire.clone()).or_default().push((index, at));
            }
        }
        Self { operations, methods, paths, types, properties }
    }

    pub(super) fn operation<'a>(&self, api: &'a Api, id: &str) -> Option<&'a Operation> {
        api.operations.get(*self.operations.get(id)?)
    }

    pub(super) fn method<'a>(&self, api: &'a Api, name: &str) -> Option<&'a Operation> {
        api.operations.get(*self.methods.get(name)?)
    }

    pub(super) fn at_path<'a>(&self, api: &'a Api, path: &str) -> Vec<&'a Operation> {
        let indices = self.paths.get(path).map_or(&[][..], Vec::as_slice);
        indices.iter().filter_map(|index| api.operations.get(*index)).collect()
    }

    pub(super) fn find<'a>(&self, api: &'a Api, name: &str) -> Result<&'a Operation, Unknown> {
        let name = name.trim();
        if let Some(operation) = self.operation(api, name).or_else(|| self.method(api, name)) {
            return Ok(operation);
        }
        let (method, path) = match name.split_once(char::is_whitespace) {
            Some((method, path)) => (Some(method), path.trim()),
            None => (None, name),
        };
        let mut at_path = self.at_path(api, path);
        at_path.retain(|operation| method.is_none_or(|method| operation.method.eq_ignore_ascii_case(method)));
        match at_path.as_slice() {
            [one] => Ok(one),
            [] => Err(self.unknown(api, path)),
            several => {
                let names = several.iter().map(|operation| format!("{} {path}", operation.method)).collect();
                Err(Unknown::ambiguous(What::Operation, name, names))
            }
        }
    }

    fn unknown(&self, api: &Api, name: &str) -> Unknown {
        let ids = api.operations.iter().map(|operation| operation.id.as_str());
        if name.starts_with('/') {
            Unknown::new(What::Operation, name, api.operations.iter().map(|operation| operation.path.as_str()))
        } else if name.contains('_') {
            let mut methods: Vec<&str> = self.methods.keys().map(String::as_str).collect();
            methods.sort_unstable();
            Unknown::new(What::Operation, name, methods)
        } else {
            Unknown::new(What::Operation, name, ids)
        }
    }

    pub(super) fn type_named<'a>(&self, api: &'a Api, id: &str) -> Option<&'a TypeDef> {
        api.types.get_index(*self.types.get(id)?).map(|(_, def)| def)
    }

    pub(super) fn properties<'a>(&self, api: &'a Api, name: &str) -> Vec<PropertyOf<'a>> {
        let of_type = name.rsplit_once('.').and_then(|(id, wire)| Some((self.type_named(api, id)?, wire)));
        if let Some((of, wire)) = of_type {
            let fields = api.object(&of.id).map_or(&[][..], |object| &object.fields);
            return fields.iter().filter(|field| field.wire == wire).map(|field| PropertyOf { of, field }).collect();
        }
        let places = self.properties.get(name).map_or(&[][..], Vec::as_slice);
        let property = |(index, at): &(usize, usize)| {
            let (_, of) = api.types.get_index(*index)?;
            let field = api.object(&of.id)?.fields.get(*at)?;
            Some(PropertyOf { of, field })
        };
        places.iter().filter_map(property).collect()
    }
}
