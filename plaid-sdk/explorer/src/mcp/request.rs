//! The arguments of an operation as a request.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Location, Operation, Sample};
use plaid_catalog::tools::check::{Policy, Problem};
use plaid_catalog::tools::json;
use serde_json::Value;

use crate::gateway::Call;
use crate::handles::{Caller, Handles};

/// A request before it is sent: credentials are in it.
pub struct Request {
    operation: &'static Operation,
    /// The values of the parameters outside the body.
    parameters: Vec<(&'static str, Location, String)>,
    /// The body as JSON text; empty if the operation has none.
    body: String,
}

/// Arguments as JSON. They may be an object or the text of one: text keeps all digits of numbers.
pub fn arguments(value: Option<&Value>) -> Result<Sample, String> {
    let text = match value {
        None => "{}".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    match json::parse(&text) {
        Ok(sample @ Sample::Object(_)) => Ok(sample),
        Ok(_) => Err("`arguments` must be an object with the properties of the request".to_owned()),
        Err(error) => Err(format!("`arguments` is not JSON: {error}")),
    }
}

impl Request {
    /// The request of an operation, with the values of handles.
    pub fn new(
        operation: &'static Operation,
        arguments: &Sample,
        handles: &Handles,
        caller: &Caller,
    ) -> Result<Self, String> {
        let resolved = handles
            .resolve(caller, arguments)
            .map_err(|lost| lost.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
        let Sample::Object(all) = resolved else { return Err("`arguments` must be an object".to_owned()) };
        let (mut parameters, mut body) = (Vec::new(), Vec::new());
        for (name, value) in all {
            let Some(parameter) = operation.parameters.iter().find(|one| one.field.wire == name) else {
                body.push((name, value));
                continue;
            };
            let text = match value {
                Sample::Text(text) => text,
                Sample::Number(digits) => digits,
                Sample::Bool(flag) => flag.to_string(),
                Sample::Null => continue,
                Sample::List(_) | Sample::Object(_) => return Err(format!("`{name}` must be a string")),
            };
            parameters.push((parameter.field.wire.as_str(), parameter.location, text));
        }
        let is_set = |name: &str| parameters.iter().any(|(set, ..)| *set == name);
        let mut required = operation.parameters.iter().filter(|one| one.field.required);
        if let Some(missing) = required.find(|one| !is_set(&one.field.wire)) {
            return Err(format!("`{}` is required", missing.field.wire));
        }
        if operation.body.is_none() {
            return match body.first() {
                Some((name, _)) => Err(format!("`{name}` is unknown: the operation has no body")),
                None => Ok(Self { operation, parameters, body: String::new() }),
            };
        }
        Ok(Self { operation, parameters, body: json::json(&Sample::Object(body)) })
    }

    /// What is wrong with the body.
    pub fn problems(&self, policy: &Policy) -> Vec<Problem> {
        Catalog::plaid().checker().request(&self.operation.id, self.body.as_bytes(), policy).unwrap_or_default()
    }

    /// The call.
    pub fn call(self) -> Result<Call, String> {
        let mut target = self.operation.path.clone();
        let mut query: Vec<String> = Vec::new();
        let mut headers = HeaderMap::new();
        for (name, location, value) in self.parameters {
            match location {
                Location::Path => target = target.replace(&format!("{{{name}}}"), &escaped(&value)),
                Location::Query => query.push(format!("{}={}", escaped(name), escaped(&value))),
                Location::Header => {
                    let header = HeaderName::try_from(name).map_err(|error| format!("`{name}`: {error}"))?;
                    let value = HeaderValue::try_from(value).map_err(|error| format!("`{name}`: {error}"))?;
                    headers.insert(header, value);
                }
            }
        }
        if !query.is_empty() {
            target = format!("{target}?{}", query.join("&"));
        }
        let mut call = Call::json(self.operation, self.body);
        call.caller = "mcp".to_owned();
        (call.target, call.headers) = (target, headers);
        Ok(call)
    }
}

/// A text as part of an address.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Request, arguments};
    use crate::gateway::Call;
    use crate::handles::{Caller, Handles};
    use plaid_catalog::Catalog;
    use plaid_catalog::tools::check::Policy;
    use serde_json::{Value, json};

    fn request(id: &str, value: &Value) -> Result<Request, String> {
        let operation = Catalog::plaid().operation(id).expect("the operation");
        Request::new(operation, &arguments(Some(value))?, &Handles::default(), &Caller::new("test"))
    }

    fn call(id: &str, value: &Value) -> Result<Call, String> {
        request(id, value)?.call()
    }

    #[test]
    fn digits_stay_if_the_arguments_are_text() {
        let call = call("itemGet", &json!("{\"amount\": 110.10, \"access_token\": \"a\"}")).expect("a call");
        assert_eq!(call.body, r#"{"amount":110.10,"access_token":"a"}"#);
        assert_eq!(call.target, "/item/get");
    }

    #[test]
    fn parameters_go_to_their_places() {
        let get = call("getRecipient", &json!({"recipientId": "a/b c", "OAUTH-STATE-ID": "s"})).expect("a call");
        assert_eq!(get.target, "/fdx/recipient/a%2Fb%20c");
        assert_eq!(get.headers.get("oauth-state-id").and_then(|value| value.to_str().ok()), Some("s"));
        assert!(get.body.is_empty());
        let missing = call("getRecipient", &json!({})).expect_err("it is required");
        assert_eq!(missing, "`recipientId` is required");
        let unknown = call("getRecipient", &json!({"recipientId": "a", "x": 1}))
            .expect_err("a parameter that the operation lacks");
        assert!(unknown.contains("`x` is unknown"), "{unknown}");
        assert!(call("getRecipient", &json!({"recipientId": "a", "OAUTH-STATE-ID": "a\nb"})).is_err());
        assert!(call("getRecipient", &json!({"recipientId": ["a"]})).is_err());
    }

    #[test]
    fn problems_and_lost_handles_are_reported() {
        let request = request("transactionsSync", &json!({"access_token": "a", "count": "ten"})).expect("a request");
        let problems = request.problems(&Policy::gateway());
        assert_eq!(problems.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["count"]);
        let lost = call("itemGet", &json!({"access_token": "handle:access_token:abcdefghijkmnpqrstuv"}));
        assert!(lost.expect_err("nobody has it").starts_with("`access_token` is not a handle that you have"));
        assert!(arguments(Some(&json!([1]))).is_err());
        assert!(arguments(Some(&json!("{"))).is_err());
    }
}
