//! What the maintainers know about sample values: data, from which samples of any size can be made at any time.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::Sample;

/// What a person would write as values. The hint for the field comes first, then the one for the property, then the one
/// for the schema. A hint for a list is used for each element. A hint that is an object sets the properties that it
/// names, required or not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SampleHints {
    /// By `Schema.property`.
    pub fields: IndexMap<String, Sample>,
    /// By property name, if the value fits the property's type. A list also takes the hint for its singular.
    pub properties: IndexMap<String, Sample>,
    /// By schema.
    pub schemas: IndexMap<String, Sample>,
    /// By schema, optional properties that a minimal sample also sets.
    pub also: IndexMap<String, Vec<String>>,
    /// The properties of which a sample has at most one.
    pub exclusive: Exclusive,
    /// By `Schema.property`, how its value follows from others: `subtotal + lines[].price * lines[].count - discount`.
    pub derived: IndexMap<String, String>,
    /// By `operationId`, a sample that is better than the one that the rules make.
    pub operations: IndexMap<String, OperationHints>,
    /// The property of a webhook's payload that names the webhook's type, and the one that names its code.
    pub webhook: Option<(String, String)>,
}

/// Groups of properties that exclude each other. A sample sets the one that it must set, else the first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Exclusive {
    /// In all schemas that have two or more of a group.
    pub properties: Vec<Vec<String>>,
    /// By schema.
    pub schemas: IndexMap<String, Vec<Vec<String>>>,
}

/// The values that the samples of one operation must have. What they leave out is made by the rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OperationHints {
    /// The request's body.
    pub request: Option<Sample>,
    /// Path, query and header parameters, as one object.
    pub parameters: Option<Sample>,
    /// The body of the success response.
    pub response: Option<Sample>,
}
