//! Functions over the model of an API (`api-model`): what tools need of an API as data. Nothing in here knows a certain API,
//! OpenAPI documents as input, or Rust's syntax.

pub mod json;
pub mod samples;
pub mod snippets;
