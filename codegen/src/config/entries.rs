//! All entries of `sdk.yaml` that name something in the document, in one list, for the checks that apply to all of
//! them.

use super::{Sdk, Selection};
use crate::diag::Pointer;

/// An entry that names something in the document.
pub(super) struct Entry<'a> {
    /// The list or mapping that contains it.
    pub(super) list: Pointer,
    /// Its place in the file.
    pub(super) at: Pointer,
    /// Its text.
    pub(super) name: &'a str,
    /// The form that it must have.
    pub(super) form: Form,
}

/// The form of an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A name or a path.
    Name,
    /// `Schema.property`.
    Field,
    /// `Schema=value`.
    Variant,
}

/// The kinds of numbers, with their places in the file.
pub(super) fn numbers(sdk: &Sdk) -> [(&'static str, &Selection); 4] {
    let numbers = &sdk.numbers;
    [
        ("#/numbers/decimal", &numbers.decimal),
        ("#/numbers/decimal_string", &numbers.decimal_string),
        ("#/numbers/float", &numbers.float),
        ("#/numbers/integer", &numbers.integer),
    ]
}

/// The reasons for which fields are redacted, with their places in the file.
pub(super) fn redactions(sdk: &Sdk) -> [(&'static str, &Selection); 2] {
    [("#/redact/credential", &sdk.redact.credential), ("#/redact/personal", &sdk.redact.personal)]
}

/// The choices of fields, with their places in the file.
pub(super) fn selections(sdk: &Sdk) -> impl Iterator<Item = (&'static str, &Selection)> {
    let [credential, personal] = redactions(sdk);
    [credential, personal, ("#/may_be_empty", &sdk.may_be_empty), ("#/ids", &sdk.ids)].into_iter().chain(numbers(sdk))
}

/// Every entry, in the order of the file's types.
pub(super) fn entries(sdk: &Sdk) -> Vec<Entry<'_>> {
    let mut all = Vec::new();
    let root = Pointer::root();
    list(&mut all, &root.child("docs").child("ignore"), &sdk.docs.ignore, Form::Name);
    list(&mut all, &root.child("credentials").child("schemas"), &sdk.credentials.schemas, Form::Name);
    list(&mut all, &root.child("credentials").child("keep"), &sdk.credentials.keep, Form::Field);
    keys(&mut all, &root.child("webhooks").child("pairs"), sdk.webhooks.pairs.keys(), Form::Name);
    for (name, module) in &sdk.modules {
        list(&mut all, &root.child("modules").child(name).child("paths"), &module.paths, Form::Name);
    }
    let names = root.child("names");
    keys(&mut all, &names.child("types"), sdk.names.types.keys(), Form::Name);
    keys(&mut all, &names.child("fields"), sdk.names.fields.keys(), Form::Field);
    keys(&mut all, &names.child("variants"), sdk.names.variants.keys(), Form::Variant);
    keys(&mut all, &names.child("operations"), sdk.names.operations.keys(), Form::Name);
    for (at, selection) in selections(sdk) {
        let Some(at) = Pointer::parse(at) else { continue };
        list(&mut all, &at.child("properties"), &selection.properties, Form::Name);
        list(&mut all, &at.child("fields"), &selection.fields, Form::Field);
        list(&mut all, &at.child("schemas"), &selection.schemas, Form::Name);
        list(&mut all, &at.child("except"), &selection.except, Form::Field);
    }
    for (_, name, paths) in sdk.effects.lists() {
        list(&mut all, &root.child("effects").child(name), paths, Form::Name);
    }
    let idempotency = root.child("idempotency");
    keys(&mut all, &idempotency.child("keys"), sdk.idempotency.keys.keys(), Form::Name);
    for (reason, paths) in &sdk.idempotency.idempotent {
        list(&mut all, &idempotency.child("idempotent").child(reason), paths, Form::Name);
    }
    for (style, paths) in sdk.pagination.styles() {
        keys(&mut all, &root.child("pagination").child(style.key()), paths.keys(), Form::Name);
    }
    let (samples, hints) = (root.child("samples"), &sdk.samples);
    keys(&mut all, &samples.child("fields"), hints.fields.keys(), Form::Field);
    keys(&mut all, &samples.child("properties"), hints.properties.keys(), Form::Name);
    keys(&mut all, &samples.child("schemas"), hints.schemas.keys(), Form::Name);
    for (schema, properties) in &hints.also {
        list(&mut all, &samples.child("also").child(schema), properties, Form::Name);
    }
    let (exclusive, groups) = (samples.child("exclusive"), &hints.exclusive);
    for (index, group) in groups.properties.iter().enumerate() {
        list(&mut all, &exclusive.child("properties").index(index), group, Form::Name);
    }
    for (schema, groups) in &groups.schemas {
        for (index, group) in groups.iter().enumerate() {
            list(&mut all, &exclusive.child("schemas").child(schema).index(index), group, Form::Name);
        }
    }
    keys(&mut all, &samples.child("derived"), hints.derived.keys(), Form::Field);
    let rules = root.child("rules");
    keys(&mut all, &rules.child("advised_length"), sdk.rules.advised_length.keys(), Form::Field);
    keys(&mut all, &rules.child("required_if"), sdk.rules.required_if.keys(), Form::Field);
    all
}

fn list<'a>(all: &mut Vec<Entry<'a>>, list: &Pointer, names: &'a [String], form: Form) {
    all.extend(names.iter().enumerate().map(|(index, name)| Entry {
        list: list.clone(),
        at: list.index(index),
        name,
        form,
    }));
}

fn keys<'a>(all: &mut Vec<Entry<'a>>, map: &Pointer, names: impl Iterator<Item = &'a String>, form: Form) {
    all.extend(names.map(|name| Entry { list: map.clone(), at: map.child(name), name, form }));
}
