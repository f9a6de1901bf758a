//! Codes of errors, in `x-error-codes`.

use api_model::Api;
use serde_json::{Value, json};

/// What is known about each code.
pub(super) fn codes(api: &Api) -> Value {
    let code = |code: &api_model::ErrorCode| {
        let about =
            json!({"types": code.types, "recovery": code.recovery, "retry": code.retry, "advice": code.advice});
        (code.wire.clone(), about)
    };
    Value::Object(api.error_codes.iter().map(code).collect())
}
