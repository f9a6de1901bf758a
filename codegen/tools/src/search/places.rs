//! Where properties are used.

use std::collections::HashSet;

use api_model::{Api, Field, Kind, Operation, Type, TypeId};
use indexmap::IndexMap;

use super::{Entry, Item};

/// A place where a property is used.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The `operationId` of the operation, or the pair of the webhook (`TYPE: CODE`).
    pub of: String,
    /// Which side of it.
    pub side: Side,
    /// The path from there, with `[]` after a list: `accounts[].balances`.
    pub path: String,
    /// The type that has the property, as text.
    pub owner: String,
}

/// The side of an operation, or a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The request: its parameters or body.
    Request,
    /// The success response.
    Response,
    /// A webhook's payload.
    Webhook,
}

/// A property with all its places.
pub(super) struct Used<'a> {
    pub places: Vec<Place>,
    /// Its first text.
    pub about: Option<&'a api_model::Text>,
}

/// The properties by name, with the shortest path on each side of each operation and webhook. Credentials are left out.
pub(super) fn of<'a>(api: &'a Api, common: &[String]) -> IndexMap<&'a str, Used<'a>> {
    let mut walk = Walk { api, all: IndexMap::new() };
    let mut operations: Vec<&Operation> = api.operations.iter().collect();
    let rank = |operation: &Operation| {
        common.iter().position(|id| *id == operation.id).unwrap_or(common.len())
            + usize::from(operation.docs.deprecated)
    };
    operations.sort_by_key(|operation| rank(operation));
    for operation in &operations {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.field);
        let mut seen = HashSet::new();
        for field in parameters {
            walk.add(field, &operation.id, Side::Request, String::new(), "parameters".to_owned(), &mut seen);
        }
        if let Some(body) = &operation.body {
            walk.whole(&body.ty, &operation.id, Side::Request, &mut seen);
        }
    }
    for operation in &operations {
        if let api_model::ResponseBody::Json(ty) = &operation.response.body {
            walk.whole(ty, &operation.id, Side::Response, &mut HashSet::new());
        }
    }
    for webhook in &api.webhooks {
        let of = format!("{}: {}", webhook.kind, webhook.code);
        walk.whole(&Type::Named(webhook.body.clone()), &of, Side::Webhook, &mut HashSet::new());
    }
    walk.all
}

struct Walk<'a> {
    api: &'a Api,
    all: IndexMap<&'a str, Used<'a>>,
}

impl<'a> Walk<'a> {
    /// Goes through a body, its outer properties first, so that each property gets its shortest path.
    fn whole(&mut self, ty: &Type, of: &str, side: Side, seen: &mut HashSet<&'a str>) {
        let api = self.api;
        let mut reached: HashSet<&TypeId> = HashSet::new();
        let mut level: Vec<(&TypeId, String)> = Vec::new();
        let enter = |ty: &Type, path: String, level: &mut Vec<(&'a TypeId, String)>| {
            let (lists, ty) = peeled(api, ty);
            if let Some(def) = ty.named().and_then(|id| api.get(id)) {
                level.push((&def.id, path + &"[]".repeat(lists)));
            }
        };
        enter(ty, String::new(), &mut level);
        while !level.is_empty() {
            let mut next = Vec::new();
            for (id, path) in level {
                if !reached.insert(id) {
                    continue;
                }
                match api.get(id).map(|def| &def.kind) {
                    Some(Kind::Struct(object)) => {
                        for field in object.caller_fields() {
                            self.add(field, of, side, path.clone(), id.to_string(), seen);
                            enter(&field.ty, joined(&path, &field.wire), &mut next);
                        }
                        if let Some(ty) = object.additional.typed() {
                            enter(ty, joined(&path, "*"), &mut next);
                        }
                    }
                    Some(Kind::Union(union)) => {
                        union.variants.iter().for_each(|variant| enter(&variant.ty, path.clone(), &mut next));
                    }
                    Some(Kind::Alias(ty)) => enter(ty, path, &mut next),
                    Some(Kind::Enum(_)) | None => {}
                }
            }
            level = next;
        }
    }

    fn add(
        &mut self,
        field: &'a Field,
        of: &str,
        side: Side,
        path: String,
        owner: String,
        seen: &mut HashSet<&'a str>,
    ) {
        let used = self.all.entry(&field.wire).or_insert_with(|| Used { places: Vec::new(), about: None });
        used.about = used.about.or(field.docs.description.as_ref());
        if seen.insert(&field.wire) {
            let path = joined(&path, &field.wire);
            used.places.push(Place { of: of.to_owned(), side, path, owner });
        }
    }
}

/// The type inside lists, maps and `null`, with the number of lists.
fn peeled<'t>(api: &'t Api, ty: &'t Type) -> (usize, &'t Type) {
    match api.resolve(ty) {
        Type::List(inner) => {
            let (lists, ty) = peeled(api, inner);
            (lists + 1, ty)
        }
        Type::Map(inner) | Type::Nullable(inner) => peeled(api, inner),
        other => (0, other),
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// The place of a property that a query names: by the end of its path (`user.phone_number`), or by its type
/// (`Account.id`).
pub(super) fn named<'e>(entry: &'e Entry, query: &str) -> Option<&'e Place> {
    let Item::Property { places, .. } = &entry.item else { return None };
    let (before, _) = query.rsplit_once('.')?;
    let plain = |path: &str| path.replace("[]", "");
    let end = format!(".{}", plain(query));
    let by_path = places.iter().find(|place| format!(".{}", plain(&place.path)).ends_with(&end));
    by_path.or_else(|| places.iter().find(|place| place.owner == before))
}
