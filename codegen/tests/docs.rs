//! The SDK's documentation in our own words, held against the document that it is written for: how much of it there is,
//! and that what it names is there.

mod own;

use std::collections::BTreeSet;

use codegen::ir::{Api, Docs, Kind, Operation, ResponseBody, Text, Type, TypeId};

/// Operations for which every property, sent or received, has a text: what nearly every application calls.
const WHOLE: &[&str] = &[
    "linkTokenCreate",
    "linkTokenGet",
    "itemPublicTokenExchange",
    "itemGet",
    "itemRemove",
    "itemWebhookUpdate",
    "itemAccessTokenInvalidate",
    "accountsGet",
    "accountsBalanceGet",
    "authGet",
    "identityGet",
    "identityMatch",
    "transactionsSync",
    "transactionsGet",
    "transactionsRecurringGet",
    "transactionsRefresh",
    "transferAuthorizationCreate",
    "transferCreate",
    "transferGet",
    "transferList",
    "transferCancel",
    "transferEventSync",
    "transferRefundCreate",
    "investmentsHoldingsGet",
    "investmentsTransactionsGet",
    "liabilitiesGet",
    "signalEvaluate",
    "signalDecisionReport",
    "signalReturnReport",
    "statementsList",
    "statementsDownload",
    "assetReportCreate",
    "assetReportGet",
    "assetReportPdfGet",
    "assetReportRemove",
    "institutionsGet",
    "institutionsGetById",
    "institutionsSearch",
    "webhookVerificationKeyGet",
    "processorTokenCreate",
    "userCreate",
    "sandboxPublicTokenCreate",
];

#[test]
fn every_operation_has_a_summary_and_a_text_and_so_have_nearly_all_properties() {
    let api = own::api();
    for operation in &api.operations {
        let Docs { summary, description, own, .. } = &operation.docs;
        assert!(*own && summary.is_some() && description.is_some(), "{} has no text", operation.id);
        let summary = summary.as_ref().map(Text::to_string).unwrap_or_default();
        assert!(summary.chars().count() <= 110 && summary.ends_with('.'), "{}: {summary}", operation.id);
    }
    let mut missing = Vec::new();
    let mut count = 0;
    for def in api.types.values() {
        let Kind::Struct(object) = &def.kind else { continue };
        count += object.fields.len();
        let untold = object.fields.iter().filter(|field| !field.docs.is_told());
        missing.extend(untold.map(|field| format!("{}.{}", def.id.0, field.wire)));
    }
    let share = (count - missing.len()) as f64 / count as f64;
    println!("without a text: {missing:?}");
    assert!(count > 6000 && share >= 0.85, "only {share} of {count} properties have a text: {missing:?}");
    let told = api.modules.iter().filter(|module| module.text.is_some()).count();
    assert_eq!(told, api.modules.len(), "a module without a text");
}

/// Overviews show the beginning of an item's documentation: a type without a text needs a place that tells what it is for.
#[test]
fn every_type_says_what_it_is_by_a_text_or_by_its_place() {
    let api = own::api();
    let mut placed: BTreeSet<TypeId> = api.webhooks.iter().map(|webhook| webhook.body.clone()).collect();
    placed.extend(api.operations.iter().flat_map(types_of).flat_map(names));
    // A schema without a name says what holds it.
    placed.extend(api.types.values().filter(|def| def.is_inline).map(|def| def.id.clone()));
    let untold = api.types.values().filter(|def| !def.docs.is_told() && !placed.contains(&def.id));
    let untold: Vec<&str> = untold.map(|def| def.id.0.as_str()).collect();
    assert!(untold.is_empty(), "{} types say nothing of themselves: {untold:#?}", untold.len());
}

#[test]
fn all_that_most_applications_call_and_all_webhooks_are_documented_to_the_last_property() {
    let api = own::api();
    let mut roots: Vec<TypeId> = api.webhooks.iter().map(|webhook| webhook.body.clone()).collect();
    for id in WHOLE {
        let operation = api.operations.iter().find(|operation| operation.id == *id);
        let operation = operation.unwrap_or_else(|| panic!("{id} is no operation"));
        for parameter in &operation.parameters {
            assert!(parameter.field.docs.is_told(), "{id}: {}", parameter.field.wire);
        }
        roots.extend(types_of(operation).flat_map(names));
    }
    let mut seen = BTreeSet::new();
    let mut missing = Vec::new();
    while let Some(id) = roots.pop() {
        let Some(def) = api.types.get(&id).filter(|_| seen.insert(id.clone())) else { continue };
        match &def.kind {
            Kind::Struct(object) => {
                let untold = object.fields.iter().filter(|field| !field.docs.is_told());
                missing.extend(untold.map(|field| format!("{}.{}", id.0, field.wire)));
                roots.extend(object.fields.iter().flat_map(|field| names(&field.ty)));
                roots.extend(object.additional.iter().flat_map(names));
            }
            Kind::Union(union) => roots.extend(union.variants.iter().flat_map(|variant| names(&variant.ty))),
            Kind::Alias(ty) => roots.extend(names(ty)),
            Kind::Enum(_) => {}
        }
    }
    assert!(seen.len() > 400, "only {} types are reached", seen.len());
    assert!(missing.is_empty(), "{} properties have no text: {missing:#?}", missing.len());
}

fn types_of(operation: &Operation) -> impl Iterator<Item = &Type> {
    let response = match &operation.response.body {
        ResponseBody::Json(ty) => Some(ty),
        ResponseBody::Binary(_) | ResponseBody::Empty => None,
    };
    let errors = operation.errors.iter().filter_map(|error| error.ty.as_ref());
    operation.body.iter().map(|body| &body.ty).chain(response).chain(errors)
}

fn names(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![id.clone()],
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => names(inner),
        _ => Vec::new(),
    }
}

/// What looks like a path or a webhook in our texts is one, or the beginning of several. Names change with the document,
/// and the texts have to follow.
#[test]
fn the_paths_and_webhooks_that_texts_name_are_there() {
    let api = own::api();
    let paths: BTreeSet<&str> = api.operations.iter().map(|operation| operation.path.as_str()).collect();
    let pairs: BTreeSet<String> =
        api.webhooks.iter().map(|webhook| format!("{}: {}", webhook.kind, webhook.code)).collect();
    let types: BTreeSet<&str> = api.webhooks.iter().map(|webhook| webhook.kind.as_str()).collect();
    let mut wrong = Vec::new();
    let mut spans = 0;
    for (of, text) in texts(&api) {
        for span in text.split('`').skip(1).step_by(2) {
            let is_pair = span.split_once(": ").is_some_and(|(kind, _)| types.contains(kind));
            let begins =
                |path: &&str| path.strip_prefix(span.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'));
            let is_path = paths.contains(span) || paths.iter().any(begins);
            if span.starts_with('/') && !is_path || is_pair && !pairs.contains(span) {
                wrong.push(format!("{of}: `{span}`"));
            }
            spans += usize::from(span.starts_with('/') || is_pair);
        }
    }
    assert!(spans > 1000, "only {spans} names were looked at");
    assert!(wrong.is_empty(), "{} names of nothing: {wrong:#?}", wrong.len());
}

/// Every text of ours, with what it is about.
fn texts(api: &Api) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut add = |of: String, docs: &Docs| {
        let parts = [&docs.summary, &docs.description].into_iter().flatten().filter(|_| docs.own);
        all.extend(parts.map(|text| (of.clone(), text.to_string())));
    };
    api.operations.iter().for_each(|operation| add(operation.id.clone(), &operation.docs));
    for def in api.types.values() {
        add(def.id.0.clone(), &def.docs);
        match &def.kind {
            Kind::Struct(object) => {
                object.fields.iter().for_each(|field| add(format!("{}.{}", def.id.0, field.wire), &field.docs));
            }
            Kind::Enum(list) => {
                list.variants.iter().for_each(|variant| add(format!("{}={}", def.id.0, variant.wire), &variant.docs));
            }
            Kind::Union(_) | Kind::Alias(_) => {}
        }
    }
    all.extend(api.modules.iter().filter_map(|module| Some((module.name.clone(), module.text.as_ref()?.to_string()))));
    all
}
