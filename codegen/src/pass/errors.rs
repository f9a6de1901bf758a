//! The codes of errors, named and in the order in which the runtime looks for one.

use heck::ToUpperCamelCase;

use crate::config::Errors;
use crate::diag::{Pointer, Report};
use crate::ident;
use crate::ir::{Api, ErrorCode};
use crate::reserved;

/// Fills in the codes, and returns the names of their variants.
pub fn run(api: &mut Api, errors: &Errors, report: &mut Report) -> Vec<String> {
    let mut codes: Vec<(String, ErrorCode)> = Vec::new();
    for (code, entry) in &errors.codes {
        let at = Pointer::root().child(code);
        let name = entry.name.clone().unwrap_or_else(|| ident::camel(code));
        if !ident::is_ident(&name) || name == reserved::UNKNOWN {
            report.error(&errors.file, &at, format!("`{name}` can't be a variant"), "choose another by `name`");
        }
        if let Some((_, earlier)) = codes.iter().find(|(earlier, _)| *earlier == name) {
            let what = format!("`{code}` becomes `{name}`, and so does `{}`", earlier.wire);
            report.error(&errors.file, &at, what, "give one of them another by `name`");
        }
        if entry.advice.trim().is_empty() {
            report.error(&errors.file, &at.child("advice"), "there is no advice", "say what a developer can do");
        }
        let code = ErrorCode {
            wire: code.clone(),
            types: entry.types.clone(),
            recovery: entry.then.to_upper_camel_case(),
            advice: entry.advice.trim().to_owned(),
        };
        codes.push((name, code));
    }
    codes.sort_by(|(_, a), (_, b)| (a.wire.len(), &a.wire).cmp(&(b.wire.len(), &b.wire)));
    let (names, codes) = codes.into_iter().unzip();
    api.error_codes = codes;
    names
}
