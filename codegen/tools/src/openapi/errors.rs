//! The codes of errors, in `x-error-codes`.

use api_model::{Api, ErrorCode};

use crate::object::{Object, text, texts};

/// What is known about each code.
pub(super) fn codes(api: &Api) -> Object {
    api.error_codes.iter().map(|code| (code.wire.clone(), about(code).into())).collect()
}

fn about(code: &ErrorCode) -> Object {
    Object::default()
        .with("types", texts(&code.types))
        .with("recovery", text(&code.recovery))
        .with("retry", text(&code.retry))
        .with("advice", text(&code.advice))
}
