//! Every property has an address, and following it shows the property.

use anyhow::{Context as _, Result};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Api, Kind, Operation, ResponseBody, Type, TypeId};

use crate::setup::Setup;

/// Whether an element is there and can be seen. An element of a list has the id of what it was made from, and a number.
fn shown(id: &str) -> String {
    let (own, made) = (serde_json::Value::from(id), serde_json::Value::from(format!("{id}~")));
    format!(
        "[...document.querySelectorAll('[id]')].some((one) => (one.id === {own} || one.id.startsWith({made})) && one.checkVisibility())"
    )
}

#[test]
fn properties_of_requests_are_found_by_their_addresses() -> Result<()> {
    follow(|operation| {
        let paths = operation.body.as_ref().map(|body| paths(&body.ty));
        paths.unwrap_or_default()
    })
}

#[test]
fn properties_of_responses_are_found_by_their_addresses() -> Result<()> {
    follow(|operation| match &operation.response.body {
        ResponseBody::Json(ty) => paths(ty).into_iter().map(|path| format!("response.{path}")).collect(),
        ResponseBody::Binary(_) | ResponseBody::Empty => Vec::new(),
    })
}

/// Follows one address of each operation.
fn follow(addresses: impl Fn(&Operation) -> Vec<String>) -> Result<()> {
    let setup = Setup::shared()?;
    let catalog = Catalog::plaid();
    let page = setup.open("/")?;
    let mut followed = 0;
    for (number, operation) in catalog.api().operations.iter().enumerate() {
        let method = &catalog.layout().operations[&operation.id].name;
        let all = addresses(operation);
        // Each operation another place: the first of one, the last of the next.
        let Some(anchor) = all.get(number * 7919 % all.len().max(1)) else { continue };
        // The page is loaded anew also if only its fragment differs.
        page.open(&format!("{}/operations/{method}?{number}#{anchor}", setup.url()))?;
        page.wait(&shown(anchor)).with_context(|| format!("{method}#{anchor}"))?;
        followed += 1;
    }
    assert!(followed > 280, "{followed} addresses");
    Ok(())
}

/// The dotted paths of all properties, without places in lists. A type inside itself ends a path.
fn paths(ty: &Type) -> Vec<String> {
    fn walk<'a>(api: &'a Api, ty: &'a Type, at: &str, around: &mut Vec<&'a TypeId>, all: &mut Vec<String>) {
        match api.resolve(ty) {
            Type::List(inner) | Type::Nullable(inner) => walk(api, inner, at, around, all),
            Type::Named(id) if !around.contains(&id) => {
                let Some(Kind::Struct(object)) = api.types.get(id).map(|def| &def.kind) else { return };
                around.push(id);
                for field in object.caller_fields() {
                    let path = if at.is_empty() { field.wire.clone() } else { format!("{at}.{}", field.wire) };
                    walk(api, &field.ty, &path, around, all);
                    all.push(path);
                }
                around.pop();
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    walk(Catalog::plaid().api(), ty, "", &mut Vec::new(), &mut all);
    all
}
