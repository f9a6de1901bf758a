//! The operations with the JSON that they receive and return.

use serde_yaml::Value;

use super::model::Model;
use crate::diag::Pointer;
use crate::grammar::for_each_reference;
use crate::grammar::openapi::OPERATION;

/// The keys of a path that are operations.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The keywords of an operation that contain its inputs.
pub(super) const TAKES: &[&str] = &["parameters", "requestBody"];

/// The keywords of an operation that contain its outputs.
pub(super) const GIVES: &[&str] = &["responses"];

/// An operation.
pub(super) struct Operation<'a> {
    /// Its path.
    pub(super) path: &'a str,
    /// Its method, which distinguishes it from others of that path.
    pub(super) method: &'static str,
    /// Its value.
    pub(super) value: &'a Value,
    /// Its place.
    pub(super) at: Pointer,
    /// Its parameters and those of its path, with their places.
    pub(super) parameters: Vec<(&'a Value, Pointer)>,
    /// The schema of its request's body.
    pub(super) request: Option<(&'a Value, Pointer)>,
    /// The schema of its success response.
    pub(super) response: Option<(&'a Value, Pointer)>,
}

/// The operations of a document, in its order.
pub(super) fn operations<'a>(model: &Model<'a>) -> Vec<Operation<'a>> {
    let mut all = Vec::new();
    let top = Pointer::root().child("paths");
    for (path, item) in model.root.get("paths").and_then(Value::as_mapping).into_iter().flatten() {
        let Some(path) = path.as_str() else { continue };
        let Some((item, at)) = model.resolve(item, &top.child(path)) else { continue };
        for (method, value) in METHODS.into_iter().filter_map(|method| Some((method, item.get(method)?))) {
            let at_operation = at.child(method);
            let mut parameters = parameters_of(model, item, &at);
            parameters.extend(parameters_of(model, value, &at_operation));
            let body = value.get("requestBody").map(|body| (body, at_operation.child("requestBody")));
            let request = body.and_then(|(body, at)| json(model, body, &at));
            let response = response(model, value, &at_operation);
            all.push(Operation { path, method, value, at: at_operation, parameters, request, response });
        }
    }
    all
}

impl<'a> Operation<'a> {
    /// The references anywhere under these keywords of it.
    pub(super) fn references(&self, keywords: &[&str]) -> Vec<&'a str> {
        let mut found = Vec::new();
        for name in keywords {
            if let Some((keyword, value)) = OPERATION.keyword(name).zip(self.value.get(name)) {
                for_each_reference(value, keyword.shape, &mut |target| found.push(target));
            }
        }
        found
    }
}

fn parameters_of<'a>(model: &Model<'a>, holder: &'a Value, at: &Pointer) -> Vec<(&'a Value, Pointer)> {
    let list = holder.get("parameters").and_then(Value::as_sequence).into_iter().flatten().enumerate();
    list.filter_map(|(index, parameter)| model.resolve(parameter, &at.child("parameters").index(index))).collect()
}

/// The first success response with JSON.
fn response<'a>(model: &Model<'a>, operation: &'a Value, at: &Pointer) -> Option<(&'a Value, Pointer)> {
    let responses = operation.get("responses")?.as_mapping()?;
    let good = responses.iter().filter(|(status, _)| status.as_str().is_some_and(|status| status.starts_with('2')));
    good.filter_map(|(status, response)| json(model, response, &at.child("responses").child(status.as_str()?))).next()
}

/// The schema of the JSON among the media types of a body.
fn json<'a>(model: &Model<'a>, body: &'a Value, at: &Pointer) -> Option<(&'a Value, Pointer)> {
    let (body, at) = model.resolve(body, at)?;
    let content = body.get("content")?.as_mapping()?;
    let (media, value) =
        content.iter().find(|(media, _)| media.as_str().is_some_and(|media| media.contains("json")))?;
    Some((value.get("schema")?, at.child("content").child(media.as_str()?).child("schema")))
}
