//! The generator: its stages, its results for the committed document, and broken inputs. One program, so that what many tests
//! read is read once.

mod check;
mod constructors;
mod docs;
mod document;
mod history;
mod import;
mod links;
mod lower;
mod modules;
mod mutate;
mod mutations;
mod needs;
mod pipeline;
mod samples;
mod serialized;
mod whole;
