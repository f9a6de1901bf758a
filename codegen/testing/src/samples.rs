//! All samples of an API.

use api_tools::samples::{SIZES, Sampler};
use codegen::api_model::{Api, BodyMedia, Operation, ResponseBody, Sample, Type};

use crate::valid;

/// The type of an operation's body, if it is not bytes.
pub fn body(operation: &Operation) -> Option<&Type> {
    let body = operation.body.as_ref().filter(|body| !matches!(body.media, BodyMedia::Binary(_)));
    body.map(|body| &body.ty)
}

/// The minimal and full requests, responses and payloads of an API, each with its name and type.
pub fn all(api: &Api) -> Vec<(String, Type, Sample)> {
    let sampler = Sampler::new(api);
    let mut all = Vec::new();
    for size in SIZES {
        for operation in &api.operations {
            let request = body(operation).zip(sampler.request(operation, size));
            let response = match &operation.response.body {
                ResponseBody::Json(ty) => Some(ty).zip(sampler.response(operation, size)),
                ResponseBody::Binary(_) | ResponseBody::Empty => None,
            };
            let made = [("request", request), ("response", response)];
            let made = made.into_iter().filter_map(|(part, made)| Some((part, made?)));
            all.extend(
                made.map(|(part, (ty, sample))| (format!("{} {part} {size:?}", operation.id), ty.clone(), sample)),
            );
        }
        for webhook in &api.webhooks {
            let name = format!("{} {} {size:?}", webhook.kind, webhook.code);
            let made = sampler.webhook(webhook, size);
            all.extend(made.map(|sample| (name, Type::Named(webhook.body.clone()), sample)));
        }
    }
    all
}

/// Checks all samples and random bodies of an API, and returns how many there are.
///
/// # Errors
/// The first sample that is not valid, with its problems.
pub fn check(api: &Api) -> Result<usize, String> {
    let sampler = Sampler::new(api);
    let random = api.operations.iter().filter_map(|operation| Some((operation, body(operation)?)));
    let random = random.flat_map(|(operation, ty)| {
        let bodies = sampler.random(operation, 7).into_iter();
        bodies.map(|body| (format!("{} random", operation.id), ty.clone(), body))
    });
    let mut count = 0;
    for (name, ty, sample) in all(api).into_iter().chain(random) {
        let problems = valid::problems(api, &ty, &sample);
        if !problems.is_empty() {
            return Err(format!("the sample `{name}` is not valid: {}", problems.join("; ")));
        }
        count += 1;
    }
    Ok(count)
}
