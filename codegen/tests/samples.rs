//! The samples of the document that the SDK is made from.

use codegen::api_model::{BodyMedia, Idempotency, Sample};
use codegen_testing::own;

#[test]
fn every_request_has_a_sample_that_is_a_value_of_its_type() {
    let api = own::api();
    for operation in &api.operations {
        let Some(body) = operation.body.as_ref().filter(|body| !matches!(body.media, BodyMedia::Binary(_))) else {
            continue;
        };
        let sample = operation.samples.request.as_ref().unwrap_or_else(|| panic!("{} has no sample", operation.id));
        let mut sent = sample.clone();
        // The client adds the idempotency key.
        if let (Idempotency::Key(key), Sample::Object(all)) = (&operation.idempotency, &mut sent)
            && !all.iter().any(|(name, _)| name == key)
        {
            all.push((key.clone(), Sample::Text("key".to_owned())));
        }
        assert!(api.fits(&body.ty, &sent), "{}: {sent:?}", operation.id);
    }
}

#[test]
fn no_sample_is_a_placeholder() {
    let api = own::api();
    let mut texts = Vec::new();
    for operation in &api.operations {
        let samples = &operation.samples;
        for sample in samples.request.iter().chain(&samples.parameters) {
            collect(sample, &mut texts);
        }
    }
    assert!(texts.len() > api.operations.len() / 2, "too few strings were checked: {}", texts.len());
    for text in texts {
        assert!(!text.is_empty() && !text.contains('<'), "{text:?}");
    }
}

#[test]
fn an_unused_hint_is_reported() {
    let mut inputs = own::inputs();
    inputs.sdk.text =
        inputs.sdk.text.replacen("samples:\n  properties:\n", "samples:\n  properties:\n    no_such: x\n", 1);
    let report = codegen::understand(&inputs, &mut |_| {}).expect_err("an unused hint");
    assert!(report.to_string().contains("nothing in the document matches `no_such`"), "{report}");
}

fn collect<'a>(sample: &'a Sample, texts: &mut Vec<&'a str>) {
    match sample {
        Sample::Text(text) => texts.push(text),
        Sample::List(all) => all.iter().for_each(|sample| collect(sample, texts)),
        Sample::Object(all) => all.iter().for_each(|(_, sample)| collect(sample, texts)),
        Sample::Null | Sample::Bool(_) | Sample::Number(_) => {}
    }
}
