//! What is worked out on the API once it is lowered, before anything is emitted. Passes see only the IR and the
//! maintainers' data; each has one subject.

mod annotate;
mod modules;
mod names;
mod recursion;
pub(crate) mod usage;

use crate::config::Sdk;
use crate::diag::Report;
use crate::ir::Api;

/// Completes the API. `file` is the document's name, for findings.
pub fn run(api: &mut Api, sdk: &Sdk, file: &str, report: &mut Report) {
    // What is money, what is secret: by the maintainers' data.
    annotate::run(api, sdk);
    // Ends recursions on the heap, before anybody lays types out.
    recursion::run(api, file, report);
    // Requests and replies differ in how they are built.
    usage::run(api);
    // Needs to know who reaches a type.
    modules::run(api, sdk, file, report);
    // Last, since names must differ within what the passes above have made.
    names::run(api, sdk, file, report);
}
