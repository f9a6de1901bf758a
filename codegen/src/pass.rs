//! What is worked out on the API once it is lowered, before anything is emitted. Passes see only the IR and the
//! maintainers' data; each has one subject.

mod annotate;
mod calls;
mod docs;
mod errors;
mod events;
pub mod modules;
pub mod names;
mod recursion;
pub(crate) mod samples;
pub(crate) mod usage;

use crate::config::{Errors, Sdk, Texts};
use crate::diag::Report;
use crate::ir::Api;

/// The maintainers' data.
#[derive(Clone, Copy)]
pub struct Data<'a> {
    /// `sdk.yaml`.
    pub sdk: &'a Sdk,
    /// `errors.yaml`.
    pub errors: &'a Errors,
    /// `docs`.
    pub texts: &'a Texts,
}

/// Completes the API. `file` is the document's name, for findings; `strict` is whether the data are written for it.
pub fn run(api: &mut Api, data: &Data<'_>, file: &str, strict: bool, report: &mut Report) {
    let Data { sdk, errors, texts } = *data;
    // What is money, what is secret: by the maintainers' data.
    annotate::run(api, sdk);
    // Ends recursions on the heap, before anybody lays types out.
    recursion::run(api, file, report);
    // Requests and responses differ in how they are built.
    usage::run(api);
    // Needs to know who reaches a type.
    modules::run(api, sdk, file, report);
    // Texts stand in the file of the module of what they are about.
    docs::run(api, sdk, texts, strict, report);
    // Since names must differ within what the passes above have made.
    names::run(api, sdk, file, report);
    // These name what has its name by now.
    calls::run(api, sdk, strict, report);
    // What nobody has to send, the key of a call among it, is in no sample.
    samples::run(api, sdk, file, strict, report);
    events::run(api, file, strict, report);
    errors::run(api, errors, report);
}
