//! The data names what the document has.

use plaid_catalog::Catalog;
use serde_json::Value;

use super::{Collection, Hook, Row, Table, Verb, request, response};
use crate::ops;

fn operation(path: &str) -> &'static plaid_catalog::model::Operation {
    let found = Catalog::plaid().at_path(path);
    found.first().copied().unwrap_or_else(|| panic!("{path} is not a path of the document"))
}

fn has_field(path: &str, name: &str) -> bool {
    let operation = operation(path);
    let is_parameter = operation.parameters.iter().any(|parameter| parameter.field.wire == name);
    is_parameter || request(operation).iter().any(|field| field.wire == name)
}

#[test]
fn each_row_is_an_operation_that_is_not_written_by_hand() {
    for (path, row) in &Table::get().operations {
        operation(path);
        assert!(ops::find(path).is_none(), "{path} is written by hand");
        let needs_collection = !matches!(row.verb, Verb::Compute | Verb::Fire);
        assert_eq!(row.of.is_some(), needs_collection, "{path}");
        if let Some(name) = &row.of {
            assert!(Table::get().collections.contains_key(name), "{path}: no collection {name}");
        }
    }
}

#[test]
fn each_field_that_a_row_names_is_a_field_of_its_request() {
    for (path, row) in &Table::get().operations {
        let singles = [&row.by, &row.once, &row.same_if, &row.each].into_iter().flatten();
        let fields = singles.chain(&row.same).chain(&row.follows).chain(row.needs.keys()).chain(row.marks.keys());
        let of_element = row.each.is_some().then(|| row.by.clone()).flatten();
        for field in fields.filter(|field| Some(*field) != of_element.as_ref()) {
            assert!(has_field(path, field), "{path} has no field {field}");
        }
        if let Some(part) = &row.part {
            let first = part.at.split('.').next().unwrap_or_default();
            assert!(has_field(path, &part.of) && has_field(path, first), "{path} has no field of its part");
            assert!(Table::get().named(&part.of).is_some(), "{path}: {} names nothing", part.of);
        }
        assert!(!row.money || has_field(path, "amount"), "{path} has no amount");
        if let Some(cases) = &row.cases {
            let first = cases.field.split('.').next().unwrap_or_default();
            assert!(has_field(path, first), "{path} has no field {first}");
        }
        for text in texts(&Value::Object(row.set.clone())).chain(texts(&Value::Object(row.answer.clone()))) {
            check_reference(path, text);
        }
    }
}

/// `$field` names a field of the request.
fn check_reference(path: &str, text: &str) {
    let Some(name) = text.strip_prefix('$') else { return };
    let first = name.split(['.', ':']).next().unwrap_or_default();
    let is_own = ["id", "now", "today", "request", "hash"].contains(&first);
    assert!(is_own || has_field(path, first), "{path} has no field {first}");
}

fn texts(value: &Value) -> Box<dyn Iterator<Item = &str> + '_> {
    match value {
        Value::String(text) => Box::new(std::iter::once(text.as_str())),
        Value::Array(all) => Box::new(all.iter().flat_map(texts)),
        Value::Object(all) => Box::new(all.values().flat_map(texts)),
        _ => Box::new(std::iter::empty()),
    }
}

#[test]
fn what_a_row_answers_is_a_property_of_its_response() {
    for (path, row) in &Table::get().operations {
        let of_cases = row.cases.iter().flat_map(|cases| cases.values.values()).flat_map(|set| set.keys());
        let names = row.answer.keys().chain(of_cases.filter(|_| row.verb == Verb::Compute));
        for name in names {
            let is_known = response(operation(path)).iter().any(|field| field.wire == *name);
            assert!(is_known, "the response of {path} has no {name}");
        }
    }
}

#[test]
fn batches_and_pairs_name_collections_and_properties() {
    let collections = &Table::get().collections;
    let known = |name: &str| collections.get(name).unwrap_or_else(|| panic!("no collection {name}"));
    for row in Table::get().operations.values() {
        let Some(batch) = &row.batch else { continue };
        for into in batch.into.iter().chain(&batch.lines) {
            assert!(known(into).object_type().is_some(), "the objects of {into} have no type");
        }
        for take in &batch.takes {
            let of = known(&take.of);
            let states = take.fits.get(&of.state).into_iter().flatten().filter_map(Value::as_str);
            let all: Vec<&String> = of.moves.iter().flat_map(|(from, to)| std::iter::once(from).chain(to)).collect();
            for state in states {
                assert!(all.iter().any(|one| *one == state), "{}: {state} is not a state", take.of);
            }
        }
    }
}

#[test]
fn the_types_states_and_webhooks_of_the_data_are_in_the_document() {
    for (name, collection) in &Table::get().collections {
        if let Some(ty) = &collection.ty {
            let id = collection.object_type().unwrap_or_else(|| panic!("{name}: no type {ty}"));
            let object = Catalog::plaid().api().object(id).unwrap_or_else(|| panic!("{name}: {ty} is not an object"));
            let has_id = object.fields.iter().any(|field| field.wire == collection.id);
            assert!(has_id, "{name}: {ty} has no {}", collection.id);
            states(name, collection, object);
        }
        if let Some(into) = &collection.movements {
            assert!(Table::get().collections[into].object_type().is_some(), "{name}");
        }
        if let Some(events) = &collection.events {
            assert!(Table::get().collections.contains_key(&events.into), "{name}");
        }
        let failed = collection.failed.as_ref().map(|failure| &failure.webhook);
        collection.ready.iter().chain(failed).for_each(|hook| webhook(name, hook));
    }
    for (path, row) in &Table::get().operations {
        row.webhook.iter().for_each(|hook| webhook(path, hook));
        errors(path, row);
    }
}

/// The states of a collection are values of its type, if responses show the state.
fn states(name: &str, collection: &Collection, object: &plaid_catalog::model::Struct) {
    use plaid_catalog::model::{Kind, Type};
    let api = Catalog::plaid().api();
    let Some(field) = object.fields.iter().find(|field| field.wire == collection.state) else { return };
    let Type::Named(id) = api.resolve(&field.ty) else { return };
    let Some(Kind::Enum(list)) = api.get(id).map(|def| &def.kind) else { return };
    let known = |state: &str| list.values.iter().any(|one| one.value.to_string() == state);
    let first = collection.first.get(&collection.state).and_then(Value::as_str);
    let all = collection.moves.iter().flat_map(|(from, to)| std::iter::once(from).chain(to)).map(String::as_str);
    for state in all.chain(first) {
        assert!(known(state), "{name}: {state} is not a state");
    }
}

fn webhook(name: &str, hook: &Hook) {
    let is_known = |code: &str| !Catalog::plaid().webhooks(&hook.kind, code).is_empty();
    let is_open = hook.code.starts_with('$');
    assert!(is_open || is_known(&hook.code), "{name}: no webhook {} {}", hook.kind, hook.code);
    let is_kind = Catalog::plaid().api().webhooks.iter().any(|one| one.kind == hook.kind);
    assert!(is_kind, "{name}: no webhooks of {}", hook.kind);
}

/// The errors of the data have codes that the catalogue has. It does not have those of the older bank transfers.
fn errors(path: &str, row: &Row) {
    for refusal in [&row.refuse, &row.again].into_iter().flatten() {
        let is_known = Catalog::plaid().error_code(&refusal.code).is_some();
        assert!(is_known || refusal.code.contains("BANK_TRANSFER"), "{path}: no error code {}", refusal.code);
    }
}
