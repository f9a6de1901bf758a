//! Tests of forms against the catalog.

use std::collections::HashMap;

use plaid_catalog::Catalog;
use plaid_catalog::model::{Kind, Operation, Type};

use super::{Target, request, side};
use crate::gateway::Environment;

/// The dotted paths of all properties of a request, and of its parameters.
fn paths(catalog: &Catalog, operation: &Operation) -> Vec<String> {
    fn walk(catalog: &Catalog, ty: &Type, path: &str, found: &mut Vec<String>) {
        match catalog.api().resolve(ty) {
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => walk(catalog, inner, path, found),
            Type::Named(id) => {
                let Some(Kind::Struct(object)) = catalog.api().types.get(id).map(|def| &def.kind) else { return };
                for field in object.caller_fields() {
                    let path = if path.is_empty() { field.wire.clone() } else { format!("{path}.{}", field.wire) };
                    found.push(path.clone());
                    walk(catalog, &field.ty, &path, found);
                }
            }
            _ => {}
        }
    }
    let mut found: Vec<String> = operation.parameters.iter().map(|one| one.field.wire.clone()).collect();
    if let Some(body) = &operation.body {
        walk(catalog, &body.ty, "", &mut found);
    }
    found
}

#[test]
fn each_property_has_a_control_and_an_address() {
    let catalog = Catalog::plaid();
    let mut bodies = 0;
    for operation in &catalog.api().operations {
        let html = request(catalog, operation).into_string();
        let paths = paths(catalog, operation);
        bodies += usize::from(operation.body.is_some());
        let rows = html.split("<div class=\"f\" id=\"").skip(1);
        let found: Vec<&str> = rows.map(|row| row.split('"').next().unwrap_or_default()).collect();
        assert_eq!(found, paths, "{}", operation.id);
        let side = side(catalog, operation, Target::Served(Environment::Emulator)).into_string();
        let mut ids: HashMap<&str, usize> = HashMap::new();
        for id in html.split(" id=\"").chain(side.split(" id=\"")).skip(1).filter_map(|rest| rest.split('"').next()) {
            *ids.entry(id).or_default() += 1;
        }
        let twice: Vec<_> = ids.iter().filter(|(_, count)| **count > 1).collect();
        assert!(twice.is_empty(), "{}: {twice:?}", operation.id);
        // What a label or a control refers to is there.
        for attribute in ["for", "aria-describedby", "aria-labelledby", "data-values"] {
            for id in html.split(&format!(" {attribute}=\"")).skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(ids.contains_key(id), "{}: {attribute} {id}", operation.id);
            }
        }
        // A value is set by a control, by elements, or by the properties inside.
        let controls = ["<input class=\"v\"", "<select class=\"v\"", "<textarea class=\"v", "<div class=\"elements"];
        let controls: usize = controls.iter().map(|control| html.matches(control).count()).sum();
        let objects = html.matches("data-t=\"object\"").count();
        assert!(controls + objects >= paths.len(), "{}", operation.id);
    }
    assert_eq!(bodies, 326);
}

#[test]
fn the_form_of_a_link_token_is_whole() {
    let catalog = Catalog::plaid();
    let operation = catalog.operation("linkTokenCreate").expect("the operation");
    let html = request(catalog, operation).into_string();
    assert_eq!(html.matches("<div class=\"f\"").count(), 194);
    for part in [
        "id=\"user.name.given_name\"",
        "data-n=\"country_codes\" data-t=\"list\" data-req",
        "<ul class=\"allowed\" id=\"values:Products\">",
        "inputmode=\"numeric\"",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("client_id\""), "the gateway adds credentials");
}

#[test]
fn docs_are_escaped_and_linked() {
    let catalog = Catalog::plaid();
    let operation = catalog.operation("linkTokenCreate").expect("the operation");
    let html = request(catalog, operation).into_string();
    assert!(html.contains("<a href=\"/operations/user_create\"><code>/user/create</code></a>"));
    for operation in &catalog.api().operations {
        let html = request(catalog, operation).into_string();
        assert!(!html.contains("<script"), "{}", operation.id);
    }
}
