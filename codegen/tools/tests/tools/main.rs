//! What is made of the model: checks, schemas, documents and snippets, each compared with what another tool makes or reads.

mod check_oracle;
mod json_schema;
mod openapi;
mod rust;
mod shared;
mod snippets;
mod typed_snippets;
