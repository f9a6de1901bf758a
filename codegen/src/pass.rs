//! Completes the API after lowering and before emission. Passes only see the model and the maintainers' data. Each has
//! one subject.

mod annotate;
mod calls;
mod docs;
mod endless;
mod errors;
mod events;
mod rules;
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

/// Completes the API, and computes its layout. `file` is the document's name, for the report; `strict` is whether the
/// data is written for this document.
pub fn run(api: &mut Api, data: &Data<'_>, file: &str, strict: bool, report: &mut Report) -> Layout {
    let Data { sdk, errors, texts } = *data;
    // Mark money and secrets, by the maintainers' data.
    annotate::run(api, sdk);
    rules::run(api, sdk, strict, report);
    endless::run(api, file, report);
    usage::run(api);
    let mut modules = Modules::of(api, sdk, file, report);
    calls::run(api, sdk, strict, report);
    samples::run(api, sdk, texts, file, strict, report);
    events::run(api, file, strict, report);
    let error_codes = errors::run(api, errors, report);
    // Texts come last: their files are checked against the modules, and they may name any item.
    docs::run(api, &mut modules, texts, strict, report);
    layout::of(api, modules, error_codes, sdk, file, report)
}
