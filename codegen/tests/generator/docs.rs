//! The texts in `spec/docs`: how many operations, types and properties have one, and that the names in them exist in the
//! document.

use std::collections::BTreeSet;

use codegen::api_model::layout::Layout;
use codegen::api_model::{Api, Docs, Kind, Operation, Text, Type, TypeId};
use codegen_testing::own;

/// Operations that most applications call. Every property of their requests and responses has a text.
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
fn every_operation_and_nearly_every_property_has_a_text() {
    let understood = own::understood();
    let (api, modules) = (&understood.api, &understood.layout.modules);
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
        count += object.caller_fields().count();
        let untold = object.caller_fields().filter(|field| !field.docs.is_told());
        missing.extend(untold.map(|field| format!("{}.{}", def.id, field.wire)));
    }
    let share = (count - missing.len()) as f64 / count as f64;
    println!("without a text: {missing:?}");
    assert!(count > 6000 && share >= 0.85, "only {share} of {count} properties have a text: {missing:?}");
    let told = modules.iter().filter(|module| module.text.is_some()).count();
    assert_eq!(told, modules.len(), "a module without a text");
}

/// What usually follows an operation: at least for the main flow of each product.
#[test]
fn most_operations_say_what_to_call_next() {
    let api = own::api();
    let with_next: Vec<&Operation> = api.operations.iter().filter(|operation| !operation.next.is_empty()).collect();
    assert!(with_next.len() >= 150, "only {}", with_next.len());
    for operation in with_next {
        for next in &operation.next {
            let Some(of) = api.operations.iter().find(|known| known.id == next.operation) else {
                panic!("{}: unknown operation {}", operation.id, next.operation)
            };
            assert!(!of.docs.deprecated, "{}: {} is deprecated", operation.id, of.id);
            let reason = next.reason.to_string();
            assert!(reason.ends_with('.') && reason.chars().count() <= 110 && !reason.contains('\n'), "{reason}");
        }
    }
}

/// Overviews show the first paragraph of an item's docs. A type without a text needs a use that explains it, such as "The
/// request of …".
#[test]
fn every_type_has_a_text_or_a_use_that_explains_it() {
    let api = own::api();
    let mut placed: BTreeSet<TypeId> = api.webhooks.iter().map(|webhook| webhook.body.clone()).collect();
    placed.extend(api.operations.iter().flat_map(types_of).filter_map(Type::named).cloned());
    // Inline schemas name their holder; links.rs checks that.
    placed.extend(api.types.keys().filter(|id| id.name().is_none()).cloned());
    let untold = api.types.values().filter(|def| !def.docs.is_told() && !placed.contains(&def.id));
    let untold: Vec<String> = untold.map(|def| def.id.to_string()).collect();
    assert!(untold.is_empty(), "{} types have no text and no use that explains them: {untold:#?}", untold.len());
}

#[test]
fn webhooks_and_the_most_used_operations_have_a_text_for_every_property() {
    let api = own::api();
    let mut roots: Vec<TypeId> = api.webhooks.iter().map(|webhook| webhook.body.clone()).collect();
    for id in WHOLE {
        let operation = api.operations.iter().find(|operation| operation.id == *id);
        let operation = operation.unwrap_or_else(|| panic!("unknown operation {id}"));
        for parameter in &operation.parameters {
            assert!(parameter.field.docs.is_told(), "{id}: {}", parameter.field.wire);
        }
        roots.extend(types_of(operation).filter_map(Type::named).cloned());
    }
    let mut seen = BTreeSet::new();
    let mut missing = Vec::new();
    while let Some(id) = roots.pop() {
        let Some(def) = api.types.get(&id).filter(|_| seen.insert(id.clone())) else { continue };
        match &def.kind {
            Kind::Struct(object) => {
                let untold = object.caller_fields().filter(|field| !field.docs.is_told());
                missing.extend(untold.map(|field| format!("{id}.{}", field.wire)));
            }
            Kind::Union(_) | Kind::Alias(_) | Kind::Enum(_) => {}
        }
        roots.extend(def.kind.refs().cloned());
    }
    assert!(seen.len() > 400, "too few types were checked: {}", seen.len());
    assert!(missing.is_empty(), "{} properties have no text: {missing:#?}", missing.len());
}

fn types_of(operation: &Operation) -> impl Iterator<Item = &Type> {
    operation.body.iter().map(|body| &body.ty).chain(operation.response_types())
}

/// Each path or webhook named in our texts exists, or is a prefix of several. The document may rename them, and then the
/// texts must change too.
#[test]
fn paths_and_webhooks_named_in_texts_exist() {
    let understood = own::understood();
    let api = &understood.api;
    let paths: BTreeSet<&str> = api.operations.iter().map(|operation| operation.path.as_str()).collect();
    let pairs: BTreeSet<String> =
        api.webhooks.iter().map(|webhook| format!("{}: {}", webhook.kind, webhook.code)).collect();
    let types: BTreeSet<&str> = api.webhooks.iter().map(|webhook| webhook.kind.as_str()).collect();
    let mut wrong = Vec::new();
    let mut spans = 0;
    for (of, text) in texts(api, &understood.layout) {
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
    assert!(spans > 1000, "too few names were checked: {spans}");
    assert!(wrong.is_empty(), "{} names that do not exist: {wrong:#?}", wrong.len());
}

/// Every text, with the item that it describes.
fn texts(api: &Api, layout: &Layout) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut add = |of: String, docs: &Docs| {
        let parts = [&docs.summary, &docs.description].into_iter().flatten().filter(|_| docs.own);
        all.extend(parts.map(|text| (of.clone(), text.to_string())));
    };
    api.operations.iter().for_each(|operation| add(operation.id.clone(), &operation.docs));
    for def in api.types.values() {
        add(def.id.to_string(), &def.docs);
        match &def.kind {
            Kind::Struct(object) => {
                object.caller_fields().for_each(|field| add(format!("{}.{}", def.id, field.wire), &field.docs));
            }
            Kind::Enum(list) => {
                list.values.iter().for_each(|value| add(format!("{}={}", def.id, value.value), &value.docs));
            }
            Kind::Union(_) | Kind::Alias(_) => {}
        }
    }
    all.extend(
        layout.modules.iter().filter_map(|module| Some((module.name.clone(), module.text.as_ref()?.to_string()))),
    );
    all
}
