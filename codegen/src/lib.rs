//! Turns an OpenAPI 3.0 document into the generated half of a Rust SDK.
//!
//! A library without I/O: [`generate`] takes texts and gives files, the same bytes for the same input. Its body is the
//! table of contents: one call a stage, in order. `ARCHITECTURE.md` beside `Cargo.toml` is the first thing to read.

pub mod config;
pub mod diag;
pub mod document;
pub mod fixup;
mod grammar;
pub mod import;
pub mod ir;
pub mod lower;
pub mod source;
pub mod webhook;
