//! What is worked out on the API once it is lowered, before anything is emitted. Passes see only the model and the
//! maintainers' data. Each has one subject.

mod annotate;
mod calls;
mod docs;
mod endless;
mod errors;
mod events;
pub(crate) mod samples;
mod usage;

use crate::config::{Errors, Sdk, Texts};
use crate::diag::Report;
use crate::layout::{self, Modules};
use api_model::Api;
use api_model::layout::Layout;

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

/// Completes the API, and computes its layout. `file` is the document's name, for the report; `strict` is whether the data
/// are written for this document.
pub fn run(api: &mut Api, data: &Data<'_>, file: &str, strict: bool, report: &mut Report) -> Layout {
    let Data { sdk, errors, texts } = *data;
    // What is money and what is secret, by the maintainers' data.
    annotate::run(api, sdk);
    endless::run(api, file, report);
    usage::run(api);
    let mut modules = Modules::of(api, sdk, file, report);
    calls::run(api, sdk, strict, report);
    // What nobody has to send, the key of a call among it, is in no sample.
    samples::run(api, sdk, file, strict, report);
    events::run(api, file, strict, report);
    let error_codes = errors::run(api, errors, report);
    // Texts are in the file of the module that they are about, and name anything that there is.
    docs::run(api, &mut modules, texts, strict, report);
    layout::of(api, modules, error_codes, sdk, file, report)
}
