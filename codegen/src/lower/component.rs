//! Shared parameters, bodies and responses, behind their references.

use indexmap::IndexMap;
use openapiv3::{Components, ReferenceOr};

use super::context::{Context, component_at};
use super::resolve::name_in;
use crate::diag::Pointer;
use api_model::{Part, TypeId};

/// The maximum length of a chain of references.
const MAX_HOPS: usize = 16;

/// A component that was found.
pub(super) struct Component<'a, T> {
    pub(super) item: &'a T,
    /// Its place.
    pub(super) at: Pointer,
    /// Its name, if it is a shared one.
    pub(super) name: Option<&'a str>,
}

/// The item that `node`, which is at `at`, refers to. Reports an error if there is none. `kind` and `list` are the
/// section of the components to search.
pub(super) fn resolve<'a, T>(
    cx: &mut Context<'a>,
    node: &'a ReferenceOr<T>,
    at: &Pointer,
    kind: &str,
    list: fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
) -> Option<Component<'a, T>> {
    let mut found = Component { item: node, at: at.clone(), name: None };
    for _ in 0..MAX_HOPS {
        match found.item {
            ReferenceOr::Item(item) => return Some(Component { item, at: found.at, name: found.name }),
            ReferenceOr::Reference { reference } => {
                let name = name_in(kind, reference);
                let entry = cx.components.zip(name).and_then(|(all, name)| list(all).get_key_value(name.as_ref()));
                let Some((name, item)) = entry else {
                    let what = format!("the $ref {reference} has no target");
                    cx.error(&found.at, what, format!("declare it under components/{kind}, or correct the $ref"));
                    return None;
                };
                found = Component { item, at: component_at(kind, name), name: Some(name) };
            }
        }
    }
    cx.error(at, "the $ref is part of a cycle", format!("define one of them under components/{kind} without a $ref"));
    None
}

/// The id of a schema in a component, or of one that an operation declares inline.
pub(super) fn id(component: Option<&str>, operation: &str, part: Part) -> TypeId {
    match component {
        Some(name) => TypeId::Component {
            kind: match part {
                Part::Request => "requestBodies",
                Part::Response | Part::Error(_) => "responses",
                Part::Parameter(_) => "parameters",
            }
            .to_owned(),
            name: name.to_owned(),
        },
        None => TypeId::operation(operation, part),
    }
}
