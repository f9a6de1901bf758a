//! Sample values for what each operation requires, as a person would write them. A value comes from the hints in
//! `sdk.yaml`, else from the format and the limits of the property, else from its name.

mod hints;
mod maker;
mod text;

use self::maker::Maker;
use crate::config::Sdk;
use crate::diag::{Pointer, Report};
use api_model::{Api, BodyMedia, Field, Operation, Sample, Samples};

/// A string without a value from a hint or a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Missing {
    /// The schema that has the property.
    pub(crate) schema: String,
    /// The property.
    pub(crate) property: String,
    /// Where the property is in the document.
    pub(crate) at: Pointer,
}

/// Fills in the samples of all operations. A string without a value is an error if the examples in the docs would show
/// it and the data is written for this document (`strict`). For another document there is one note for all of them.
pub fn run(api: &mut Api, sdk: &Sdk, file: &str, strict: bool, report: &mut Report) {
    let mut missing = Vec::new();
    let made: Vec<Samples> = api.operations.iter().map(|op| of(api, sdk, op, report, &mut missing)).collect();
    for (operation, samples) in api.operations.iter_mut().zip(made) {
        operation.samples = samples;
    }
    missing.sort();
    missing.dedup();
    if sdk.examples.is_none() || missing.is_empty() {
        return;
    }
    if strict {
        for Missing { schema, property, at } in &missing {
            let what = format!("`{schema}.{property}` has no sample value");
            report.error(
                file,
                at,
                what,
                format!("add `{property}` or `{schema}.{property}` to `samples` of {}", sdk.file),
            );
        }
    } else {
        let what = format!("{} required strings have no hint in `samples`", missing.len());
        report.note(&sdk.file, &Pointer::root().child("samples"), what, "");
    }
}

/// The strings of an operation that lack a value.
pub(crate) fn missing(api: &Api, sdk: &Sdk, operation: &Operation) -> Vec<Missing> {
    let mut missing = Vec::new();
    of(api, sdk, operation, &mut Report::default(), &mut missing);
    missing
}

fn of(api: &Api, sdk: &Sdk, operation: &Operation, report: &mut Report, missing: &mut Vec<Missing>) -> Samples {
    let mut maker = Maker::new(api, sdk, report);
    let request = operation.body.as_ref().and_then(|body| match body.media {
        BodyMedia::Json | BodyMedia::Form => maker.value(&body.ty),
        BodyMedia::Binary(_) => None,
    });
    let parameters = parameters(operation, &mut maker);
    missing.append(&mut maker.missing);
    Samples { request, parameters }
}

/// If no parameter is required, the first one shows how to set one.
fn parameters<'a>(operation: &'a Operation, maker: &mut Maker<'a, '_>) -> Option<Sample> {
    let fields: Vec<&Field> = operation.parameters.iter().map(|parameter| &parameter.field).collect();
    let is_shown = |field: &&Field| field.required && !field.nullable;
    let mut shown: Vec<&Field> = fields.iter().copied().filter(is_shown).collect();
    if shown.is_empty() {
        shown.push(fields.first()?);
    }
    let values = shown.into_iter().map(|field| Some((field.wire.clone(), maker.field(&operation.id, field)?)));
    values.collect::<Option<Vec<_>>>().map(Sample::Object)
}
