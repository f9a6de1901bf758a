//! Every property has an address, and following it shows the property.

use anyhow::{Context as _, Result};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Api, Kind, ResponseBody, Type, TypeId};

use crate::setup::Setup;

/// Whether an element is there and can be seen. An element of a list has the id of what it was made from, and a number.
fn shown(id: &str) -> String {
    let (own, made) = (serde_json::Value::from(id), serde_json::Value::from(format!("{id}~")));
    format!(
        "[...document.querySelectorAll('[id]')].some((one) => (one.id === {own} || one.id.startsWith({made})) && one.checkVisibility())"
    )
}

#[test]
fn a_property_of_each_request_and_response_is_found_by_its_address() -> Result<()> {
    let setup = Setup::shared()?;
    let catalog = Catalog::plaid();
    let page = setup.open("/")?;
    let mut followed = 0;
    for (number, operation) in catalog.api().operations.iter().enumerate() {
        let method = &catalog.layout().operations[&operation.id].name;
        let request = operation.body.as_ref().map(|body| paths(catalog.api(), &body.ty)).unwrap_or_default();
        let response = match &operation.response.body {
            ResponseBody::Json(ty) => paths(catalog.api(), ty),
            ResponseBody::Binary(_) | ResponseBody::Empty => Vec::new(),
        };
        // Each operation another place: the first of one, the last of the next.
        let pick = |all: &[String]| all.get(number * 7919 % all.len().max(1)).cloned();
        let anchors = [pick(&request), pick(&response).map(|path| format!("response.{path}"))];
        for anchor in anchors.into_iter().flatten() {
            page.open("about:blank")?;
            page.open(&format!("{}/operations/{method}#{anchor}", setup.url()))?;
            page.wait(&shown(&anchor)).with_context(|| format!("{method}#{anchor}"))?;
            followed += 1;
        }
    }
    assert!(followed > 600, "{followed} addresses");
    Ok(())
}

/// The dotted paths of all properties, without places in lists. A type inside itself ends a path.
fn paths(api: &Api, ty: &Type) -> Vec<String> {
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
    walk(api, ty, "", &mut Vec::new(), &mut all);
    all
}
