//! tmp
use crate::diag::{Pointer, Report};
use crate::source::Source;
/// tmp
pub fn read(source: &Source, report: &mut Report) -> Option<openapiv3::OpenAPI> {
    match serde::Deserialize::deserialize(&source.value) {
        Ok(d) => Some(d),
        Err(e) => {
            let e: serde_yaml::Error = e;
            report.error(&source.name, &Pointer::root(), e.to_string(), "");
            None
        }
    }
}
