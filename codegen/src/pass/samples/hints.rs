//! The maintainers' hints as part of the model: those of `sdk.yaml`, and the samples in `docs`.

use indexmap::IndexMap;
use serde_yaml::Value;

use crate::config::{Sdk, Texts};
use crate::diag::Pointer;
use api_model::{Exclusive, OperationHints, Sample, SampleHints};

/// The hints for an API.
pub(super) fn of(sdk: &Sdk, texts: &Texts) -> SampleHints {
    let hints = &sdk.samples;
    let all =
        |values: &IndexMap<String, Value>| values.iter().map(|(key, value)| (key.clone(), sample(value))).collect();
    let operations = texts.modules.iter().flat_map(|module| &module.operations).map(|(id, texts)| {
        let of = |value: &Option<Value>| value.as_ref().map(sample);
        let [request, parameters, response] = [of(&texts.request), of(&texts.parameters), of(&texts.response)];
        (id.clone(), OperationHints { request, parameters, response })
    });
    let webhook = (sdk.webhooks.type_property.clone(), sdk.webhooks.code_property.clone());
    SampleHints {
        fields: all(&hints.fields),
        properties: all(&hints.properties),
        schemas: all(&hints.schemas),
        also: hints.also.clone(),
        exclusive: Exclusive {
            properties: hints.exclusive.properties.clone(),
            schemas: hints.exclusive.schemas.clone(),
        },
        derived: hints.derived.clone(),
        operations: operations.filter(|(_, hints)| *hints != OperationHints::default()).collect(),
        webhook: (!webhook.0.is_empty()).then_some(webhook),
    }
}

/// Where a hint is written: its file, and its place there.
pub(super) fn place<'d>(at: &Pointer, sdk: &'d Sdk, texts: &'d Texts) -> (&'d str, Pointer) {
    let segments: Vec<String> = at.segments().collect();
    if let [list, id, ..] = segments.as_slice()
        && list == "operations"
        && let Some(module) = texts.modules.iter().find(|module| module.operations.contains_key(id))
    {
        return (&module.file, at.clone());
    }
    let at = segments.iter().fold(Pointer::root().child("samples"), |at, segment| at.child(segment));
    (&sdk.file, at)
}

/// A value of a data file. Keys of mappings are strings.
fn sample(value: &Value) -> Sample {
    match value {
        Value::Null => Sample::Null,
        Value::Bool(value) => Sample::Bool(*value),
        Value::Number(number) => Sample::Number(number.to_string()),
        Value::String(text) => Sample::Text(text.clone()),
        Value::Sequence(all) => Sample::List(all.iter().map(sample).collect()),
        Value::Mapping(all) => {
            let all = all.iter().filter_map(|(key, value)| Some((key.as_str()?.to_owned(), sample(value))));
            Sample::Object(all.collect())
        }
        Value::Tagged(tagged) => sample(&tagged.value),
    }
}
