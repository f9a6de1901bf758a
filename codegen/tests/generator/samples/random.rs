//! Random bodies.

use std::collections::{BTreeMap, BTreeSet};

use api_tools::samples::{Sampler, Size};
use codegen::api_model::{Api, Kind, Sample, Type};
use codegen_testing::samples::body;
use codegen_testing::{own, valid};

use super::cases;

/// How often the bodies set, omit and null each property, and use each value and alternative.
#[derive(Default)]
struct Used {
    properties: BTreeMap<(String, String), [usize; 3]>,
    values: BTreeMap<String, BTreeSet<String>>,
    alternatives: BTreeMap<String, BTreeSet<usize>>,
}

fn walk(api: &Api, ty: &Type, sample: &Sample, used: &mut Used) {
    match (ty, sample) {
        (Type::Nullable(inner), _) if *sample != Sample::Null => walk(api, inner, sample, used),
        (Type::List(element), Sample::List(all)) => all.iter().for_each(|one| walk(api, element, one, used)),
        (Type::Map(value), Sample::Object(all)) => all.iter().for_each(|(_, one)| walk(api, value, one, used)),
        (Type::Named(id), _) => match (&api.types[id].kind, sample) {
            (Kind::Alias(target), _) => walk(api, target, sample, used),
            (Kind::Enum(_), Sample::Text(text)) => {
                used.values.entry(id.to_string()).or_default().insert(text.clone());
            }
            (Kind::Struct(object), _) => {
                for field in object.caller_fields() {
                    let value = sample.get(&field.wire);
                    let index = match value {
                        Some(Sample::Null) if field.nullable => 2,
                        Some(_) => 0,
                        None => 1,
                    };
                    used.properties.entry((id.to_string(), field.wire.clone())).or_default()[index] += 1;
                    if let Some(value) = value.filter(|_| index == 0) {
                        walk(api, &field.ty, value, used);
                    }
                }
            }
            (Kind::Union(union), _) => {
                let variant = api.alternative(union, sample).expect("an alternative");
                let index = union.variants.iter().position(|other| other == variant).expect("its index");
                used.alternatives.entry(id.to_string()).or_default().insert(index);
                walk(api, &variant.ty, sample, used);
            }
            (Kind::Enum(_), _) => {}
        },
        _ => {}
    }
}

/// What the bodies of a request's type should use and don't.
fn unused(api: &Api, ty: &Type, bodies: &[Sample]) -> Vec<String> {
    let mut used = Used::default();
    bodies.iter().for_each(|body| walk(api, ty, body, &mut used));
    let mut lacking = Vec::new();
    let mut open: Vec<&Type> = vec![ty];
    let mut seen = BTreeSet::new();
    while let Some(ty) = open.pop() {
        let Some(id) = ty.named().filter(|id| seen.insert(*id)) else { continue };
        let name = id.to_string();
        let kind = &api.types[id].kind;
        open.extend(kind.types());
        match kind {
            Kind::Struct(object) => {
                for field in object.caller_fields() {
                    let counts = used.properties.get(&(name.clone(), field.wire.clone())).copied().unwrap_or_default();
                    let wanted = [("set", true), ("omitted", !field.required), ("null", field.nullable)];
                    let never = wanted.into_iter().zip(counts).filter(|((_, wanted), count)| *wanted && *count == 0);
                    lacking.extend(never.map(|((what, _), _)| format!("{name}.{} is never {what}", field.wire)));
                }
            }
            Kind::Enum(list) => {
                let values = used.values.get(&name).cloned().unwrap_or_default();
                let never = list.values.iter().map(|value| value.value.to_string()).filter(|v| !values.contains(v));
                lacking.extend(never.map(|value| format!("{name}={value} is never used")));
            }
            Kind::Union(union) => {
                let all = used.alternatives.get(&name).cloned().unwrap_or_default();
                let never = (0..union.variants.len()).filter(|index| !all.contains(index));
                lacking.extend(never.map(|index| format!("{name}#{} is never used", index + 1)));
            }
            Kind::Alias(_) => {}
        }
    }
    lacking
}

#[test]
fn random_bodies_are_valid_and_use_everything() {
    let api = own::api();
    let sampler = Sampler::new(api);
    let (mut count, mut size) = (0, 0);
    for operation in &api.operations {
        let bodies = sampler.random(operation, 7);
        let Some(ty) = body(operation) else {
            assert!(bodies.is_empty(), "{}", operation.id);
            continue;
        };
        assert!(bodies.len() >= 20, "{}: {}", operation.id, bodies.len());
        for body in &bodies {
            let problems = valid::problems(api, ty, body);
            assert!(problems.is_empty(), "{}: {problems:#?}", operation.id);
            size += api_tools::json::json(body).len();
        }
        count += bodies.len();
        let unused = unused(api, ty, &bodies);
        assert!(unused.is_empty(), "{}, {} bodies: {unused:#?}", operation.id, bodies.len());
    }
    // Enough for all, and not too much to compile.
    assert!(count < 30 * api.operations.len() && size < 4_000_000, "{count} bodies, {size} bytes");
}

#[test]
fn random_bodies_of_the_cases_are_valid_and_use_everything() {
    let mut count = 0;
    for (case, api) in cases() {
        let sampler = Sampler::new(&api);
        for operation in &api.operations {
            let Some(ty) = body(operation) else { continue };
            let bodies = sampler.random(operation, 1);
            // One case has a request without any finite value.
            if sampler.request(operation, Size::Full).is_none() {
                assert!(bodies.is_empty(), "{case} {}", operation.id);
                continue;
            }
            for body in &bodies {
                let problems = valid::problems(&api, ty, body);
                assert!(problems.is_empty(), "{case} {}: {problems:#?}", operation.id);
            }
            let unused = unused(&api, ty, &bodies);
            assert!(unused.is_empty(), "{case} {}: {unused:#?}", operation.id);
            count += bodies.len();
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn the_same_seed_gives_the_same_bodies() {
    let api = own::api();
    let sampler = Sampler::new(api);
    let of = |seed: u64| -> Vec<Vec<Sample>> {
        api.operations.iter().take(60).map(|operation| sampler.random(operation, seed)).collect()
    };
    assert!(of(3) == of(3));
    assert!(of(3) != of(4));
}
