//! Minimal and full samples.

use std::collections::BTreeSet;

use api_tools::samples::{SIZES, Sampler, Size};
use codegen::api_model::{Api, Kind, ResponseBody, Sample, Type, TypeId};
use codegen_testing::samples::{all, body};
use codegen_testing::{own, valid};

use super::cases;

#[test]
fn every_request_response_and_payload_has_valid_samples() {
    let api = own::api();
    let samples = all(api);
    let requests = api.operations.iter().filter(|operation| body(operation).is_some()).count();
    let is_json = |body: &ResponseBody| matches!(body, ResponseBody::Json(_));
    let responses = api.operations.iter().filter(|operation| is_json(&operation.response.body)).count();
    assert_eq!(samples.len(), 2 * (requests + responses + api.webhooks.len()));
    for (name, ty, sample) in samples {
        let problems = valid::problems(api, &ty, &sample);
        assert!(problems.is_empty(), "{name}: {problems:#?}");
    }
}

#[test]
fn every_parameter_is_set_in_a_full_sample_and_required_ones_in_a_minimal_one() {
    let api = own::api();
    let sampler = Sampler::new(api);
    let mut looked_at = 0;
    for operation in api.operations.iter().filter(|operation| !operation.parameters.is_empty()) {
        for size in SIZES {
            let sample = sampler.parameters(operation, size).unwrap_or_else(|| panic!("{}", operation.id));
            assert_ne!(sample, Sample::Object(Vec::new()), "{}", operation.id);
            for field in operation.parameters.iter().map(|parameter| &parameter.field) {
                let value = sample.get(&field.wire);
                assert!(value.is_some() || (size == Size::Minimal && !field.required), "{}", operation.id);
                if let Some(value) = value.filter(|value| !(field.nullable && **value == Sample::Null)) {
                    let problems = valid::problems(api, &field.ty, value);
                    assert!(problems.is_empty(), "{} {}: {problems:?}", operation.id, field.wire);
                }
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 10, "{looked_at}");
}

#[test]
fn the_samples_of_the_cases_are_valid() {
    let mut count = 0;
    for (case, api) in cases() {
        for (name, ty, sample) in all(&api) {
            let problems = valid::problems(&api, &ty, &sample);
            assert!(problems.is_empty(), "{case}, {name}: {problems:#?}");
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}

#[test]
fn a_minimal_sample_sets_what_is_required_and_a_full_one_everything() {
    let api = own::api();
    for (name, ty, sample) in all(api) {
        let mut around = Vec::new();
        complete(api, &ty, &sample, name.ends_with("Full"), &mut around, &name);
    }
}

fn complete<'a>(api: &'a Api, ty: &'a Type, sample: &Sample, is_full: bool, around: &mut Vec<&'a TypeId>, at: &str) {
    match (ty, sample) {
        (_, Sample::Null) => {}
        (Type::Nullable(inner), _) => complete(api, inner, sample, is_full, around, at),
        (Type::List(element), Sample::List(all)) => {
            assert!(!is_full || !all.is_empty() || recurs(api, element, around), "{at} is empty");
            all.iter().for_each(|one| complete(api, element, one, is_full, around, at));
        }
        (Type::Map(value), Sample::Object(all)) => {
            assert!(!is_full || !all.is_empty() || recurs(api, value, around), "{at} is empty");
            all.iter().for_each(|(_, one)| complete(api, value, one, is_full, around, at));
        }
        (Type::Named(id), _) => {
            around.push(id);
            match &api.types[id].kind {
                Kind::Alias(target) => complete(api, target, sample, is_full, around, at),
                Kind::Struct(object) => {
                    let excluded = excluded(api, &id.to_string(), sample);
                    for field in object.caller_fields() {
                        let at = format!("{at}.{}", field.wire);
                        let is_for_reading =
                            at.contains(" request ") && field.docs.constraints.read_only && !field.required;
                        match sample.get(&field.wire) {
                            Some(_) if is_for_reading => panic!("{at} is set, but the API sets it"),
                            None if is_for_reading => {}
                            Some(value) => complete(api, &field.ty, value, is_full, around, &at),
                            None => {
                                let may_lack = excluded.contains(field.wire.as_str()) || recurs(api, &field.ty, around);
                                assert!(!is_full || may_lack, "{at} is not set");
                            }
                        }
                    }
                }
                Kind::Enum(_) | Kind::Union(_) => {}
            }
            around.pop();
        }
        _ => {}
    }
}

/// Whether a value of the type would be inside one of the same type.
fn recurs(api: &Api, ty: &Type, around: &[&TypeId]) -> bool {
    api.reach(ty.named()).iter().any(|id| around.contains(id))
}

/// The properties that another one in the sample excludes. Fails if the sample has both.
fn excluded<'a>(api: &'a Api, schema: &str, sample: &Sample) -> BTreeSet<&'a str> {
    let groups = api.hints.exclusive.schemas.get(schema).into_iter().flatten().chain(&api.hints.exclusive.properties);
    let is_set = |name: &&String| sample.get(name).is_some_and(|value| *value != Sample::Null);
    let mut excluded = BTreeSet::new();
    for group in groups {
        let set: Vec<&String> = group.iter().filter(is_set).collect();
        assert!(set.len() < 2, "{schema} has {set:?}");
        if !set.is_empty() {
            excluded.extend(group.iter().map(String::as_str));
        }
    }
    excluded
}

#[test]
fn a_payload_names_the_pair_that_announces_it() {
    let api = own::api();
    let sampler = Sampler::new(api);
    let (kind, code) = api.hints.webhook.clone().expect("the properties of the pair");
    for webhook in &api.webhooks {
        for size in SIZES {
            let sample = sampler.webhook(webhook, size).expect("a payload");
            assert_eq!(sample.get(&kind), Some(&Sample::Text(webhook.kind.clone())), "{}", webhook.code);
            assert_eq!(sample.get(&code), Some(&Sample::Text(webhook.code.clone())), "{}", webhook.kind);
        }
    }
}

#[test]
fn the_same_api_gives_the_same_samples() {
    let (one, two) = (own::api(), own::understand().api);
    assert!(all(one) == all(&two));
}
