//! The codes of errors, named and in the order in which the runtime looks for one.

use heck::ToUpperCamelCase;

use crate::config::Errors;
use crate::diag::{Pointer, Report};
use crate::ident;
use crate::ir::{Api, ErrorCode};

/// Fills in the codes.
pub fn run(api: &mut Api, errors: &Errors, report: &mut Report) {
    let mut codes: Vec<ErrorCode> = Vec::new();
    for (code, entry) in &errors.codes {
        let at = Pointer::root().child(code);
        let name = entry.name.clone().unwrap_or_else(|| ident::camel(code));
        if !ident::is_ident(&name) || name == super::names::UNKNOWN {
            report.error(&errors.file, &at, format!("`{name}` can't be a variant"), "choose another by `name`");
        }
        if let Some(earlier) = codes.iter().find(|earlier| earlier.name == name) {
            let what = format!("`{code}` becomes `{name}`, and so does `{}`", earlier.wire);
            report.error(&errors.file, &at, what, "give one of them another by `name`");
        }
        if entry.advice.trim().is_empty() {
            report.error(&errors.file, &at.child("advice"), "there is no advice", "say what a developer can do");
        }
        codes.push(ErrorCode {
            name,
            wire: code.clone(),
            types: entry.types.clone(),
            recovery: entry.then.to_upper_camel_case(),
            advice: entry.advice.trim().to_owned(),
        });
    }
    codes.sort_by(|a, b| (a.wire.len(), &a.wire).cmp(&(b.wire.len(), &b.wire)));
    api.error_codes = codes;
}
