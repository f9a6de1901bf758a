//! Functions over the model of an API (`api-model`): what tools need of an API as data. Nothing in here knows a certain API,
//! OpenAPI documents as input, or Rust's syntax.

pub mod calendar;
pub mod catalog;
pub mod check;
pub mod data;
pub mod json;
pub mod json_schema;
pub mod nearest;
mod object;
pub mod openapi;
pub mod packed;
pub mod samples;
mod schema;
pub mod search;
pub mod snippets;
pub mod unknown;
