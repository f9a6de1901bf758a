//! Errors: the codes, with names and in the order in which the runtime searches them, then types and statuses.

use heck::ToUpperCamelCase;

use crate::config::{self, Errors};
use crate::diag::{Pointer, Report};
use crate::ident;
use crate::reserved;
use api_model::{Api, ErrorClass, ErrorClassKey, ErrorCode};

/// Fills in the codes, types and statuses. Returns the names of the codes' variants.
pub fn run(api: &mut Api, errors: &Errors, report: &mut Report) -> Vec<String> {
    let names = codes(api, errors, report);
    classes(api, errors, report);
    names
}

fn codes(api: &mut Api, errors: &Errors, report: &mut Report) -> Vec<String> {
    let mut codes: Vec<(String, ErrorCode)> = Vec::new();
    for (code, entry) in &errors.codes {
        let at = Pointer::root().child("codes").child(code);
        let name = entry.name.clone().unwrap_or_else(|| ident::camel(code));
        if !ident::is_ident(&name) || name == reserved::UNKNOWN {
            report.error(
                &errors.file,
                &at,
                format!("`{name}` can't be the name of a variant"),
                "set another one with `name`",
            );
        }
        if let Some((_, earlier)) = codes.iter().find(|(earlier, _)| *earlier == name) {
            let what = format!("`{code}` and `{}` both become the variant `{name}`", earlier.wire);
            report.error(&errors.file, &at, what, "set another name for one of them with `name`");
        }
        if entry.advice.trim().is_empty() {
            report.error(
                &errors.file,
                &at.child("advice"),
                "the advice is empty",
                "write what a developer can do about the error",
            );
        }
        check_agreement(&entry.recovery, &entry.retry, &at, errors, report);
        let code = ErrorCode {
            wire: code.clone(),
            types: entry.types.clone(),
            recovery: entry.recovery.to_upper_camel_case(),
            retry: entry.retry.to_upper_camel_case(),
            advice: entry.advice.trim().to_owned(),
        };
        codes.push((name, code));
    }
    codes.sort_by(|(_, a), (_, b)| (a.wire.len(), &a.wire).cmp(&(b.wire.len(), &b.wire)));
    let (names, codes) = codes.into_iter().unzip();
    api.error_codes = codes;
    names
}

fn classes(api: &mut Api, errors: &Errors, report: &mut Report) {
    for (name, entry) in &errors.types {
        let at = Pointer::root().child("types").child(name);
        let of = Some(ErrorClassKey::Type(name.clone()));
        class(api, of, entry, &at, errors, report);
    }
    for (name, entry) in &errors.statuses {
        let at = Pointer::root().child("statuses").child(name);
        let status = name.parse().ok().filter(|status| (400..600).contains(status));
        if status.is_none() {
            let help = "write a number from 400 to 599";
            report.error(&errors.file, &at, format!("`{name}` is not the HTTP status of an error"), help);
        }
        class(api, status.map(ErrorClassKey::Status), entry, &at, errors, report);
    }
}

fn class(
    api: &mut Api,
    of: Option<ErrorClassKey>,
    entry: &config::ErrorClass,
    at: &Pointer,
    errors: &Errors,
    report: &mut Report,
) {
    check_agreement(&entry.recovery, &entry.retry, at, errors, report);
    api.error_classes.extend(of.map(|of| ErrorClass {
        of,
        recovery: entry.recovery.to_upper_camel_case(),
        retry: entry.retry.to_upper_camel_case(),
    }));
}

/// The retry behaviour must agree with the recovery.
fn check_agreement(recovery: &str, retry: &str, at: &Pointer, errors: &Errors, report: &mut Report) {
    let agreeing = config::retries_of(recovery);
    if !agreeing.contains(&retry) {
        let what = format!("`recovery: {recovery}` contradicts `retry: {retry}`");
        let help = format!("with this recovery, `retry` is {}", agreeing.join(" or "));
        report.error(&errors.file, &at.child("retry"), what, help);
    }
}
