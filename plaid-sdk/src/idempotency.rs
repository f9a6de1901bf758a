//! The idempotency key of a request: what lets Plaid tell a repeated request from a second one.

use bytes::{BufMut, Bytes, BytesMut};

use crate::clock::{Entropy, EntropyError, uuid};
use crate::json_member::{self, Member};
use crate::operation::{Idempotency, Operation};

/// A body with its key, if it has one, and whether it may be sent again.
#[derive(Debug)]
pub(crate) struct KeyedBody {
    pub(crate) body: Bytes,
    pub(crate) key: Option<String>,
    pub(crate) idempotent: bool,
}

/// Puts the key into the body: the one that is given, or a new one where there is none at all.
///
/// # Errors
/// A key that can't be used, told without repeating it.
pub(crate) fn apply(
    operation: &Operation,
    body: Bytes,
    given: Option<String>,
    entropy: &dyn Entropy,
) -> Result<KeyedBody, String> {
    let property = match (operation.idempotency(), &given) {
        (Idempotency::Key(property), _) => property,
        (_, Some(_)) => return Err(format!("{operation} takes no idempotency key")),
        (idempotency, None) => {
            return Ok(KeyedBody { body, key: None, idempotent: idempotency == Idempotency::Idempotent });
        }
    };
    if given.as_deref() == Some("") {
        return Err("the idempotency key is empty".to_owned());
    }
    match (json_member::find(&body, property), given) {
        (Member::Text(key), _) if key.is_empty() => Err(format!("{property}: the idempotency key is empty")),
        (Member::Text(key), Some(given)) if key != given => {
            Err(format!("{property}: the request holds another idempotency key than the one given for this call"))
        }
        (Member::Text(key), _) => Ok(KeyedBody { body, key: Some(key), idempotent: true }),
        (Member::Absent, given) if body.starts_with(b"{") => {
            let key = match given {
                Some(key) => key,
                None => uuid(entropy).map_err(|error: EntropyError| format!("no idempotency key: {error}"))?,
            };
            Ok(KeyedBody { body: insert(&body, property, &key), key: Some(key), idempotent: true })
        }
        (_, Some(_)) => Err(format!("{property}: the body has no place for the idempotency key")),
        // An explicit `null`, or a body that is no JSON: sent as it is, and once.
        (_, None) => Ok(KeyedBody { body, key: None, idempotent: false }),
    }
}

/// The object with one more property, in front of the others.
fn insert(object: &Bytes, property: &str, key: &str) -> Bytes {
    let rest = object[1..].trim_ascii_start();
    let mut body = BytesMut::with_capacity(object.len() + property.len() + key.len() + 8);
    body.put_u8(b'{');
    body.put_slice(serde_json::Value::from(property).to_string().as_bytes());
    body.put_u8(b':');
    body.put_slice(serde_json::Value::from(key).to_string().as_bytes());
    if rest != b"}" {
        body.put_u8(b',');
    }
    body.put_slice(rest);
    body.freeze()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;
    use crate::clock::SystemEntropy;

    const KEYED: &Operation = &Operation::new("pay", Method::Post, "/pay").idempotency_key("key");
    const SAFE: &Operation = &Operation::new("read", Method::Post, "/read").idempotent();
    const UNSAFE: &Operation = &Operation::new("create", Method::Post, "/create");

    fn keyed(operation: &Operation, body: &'static str, given: Option<&str>) -> Result<KeyedBody, String> {
        apply(operation, Bytes::from_static(body.as_bytes()), given.map(str::to_owned), &SystemEntropy)
    }

    #[test]
    fn a_missing_key_is_filled_in() {
        for (body, rest) in [("{}", "}"), (r#"{ "a":1}"#, r#","a":1}"#)] {
            let filled = keyed(KEYED, body, None).unwrap();
            let key = filled.key.unwrap();
            assert_eq!(key.len(), 36);
            assert_eq!(filled.body, format!(r#"{{"key":"{key}"{rest}"#));
            assert!(filled.idempotent);
        }
        let given = keyed(KEYED, "{}", Some("o\"1")).unwrap();
        assert_eq!((given.body, given.key.as_deref()), (Bytes::from_static(br#"{"key":"o\"1"}"#), Some("o\"1")));
    }

    #[test]
    fn a_key_of_the_requests_own_stays() {
        for given in [None, Some("k")] {
            let own = keyed(KEYED, r#"{"a":{},"key":"k"}"#, given).unwrap();
            assert_eq!((&own.body[..], own.key.as_deref()), (&br#"{"a":{},"key":"k"}"#[..], Some("k")));
            assert!(own.idempotent);
        }
    }

    #[test]
    fn no_key_means_no_second_attempt() {
        for body in [r#"{"key":null}"#, r#"{"key":7}"#, "", "a=b"] {
            let bare = keyed(KEYED, body, None).unwrap();
            assert_eq!((&bare.body[..], bare.key, bare.idempotent), (body.as_bytes(), None, false), "{body}");
        }
        assert!(!keyed(UNSAFE, "{}", None).unwrap().idempotent);
        assert!(keyed(SAFE, "{}", None).unwrap().idempotent);
    }

    #[test]
    fn a_key_that_can_not_be_used_is_told_and_not_repeated() {
        for (operation, body, given) in [
            (UNSAFE, "{}", "k1"),
            (SAFE, "{}", "k1"),
            (KEYED, r#"{"key":"k2"}"#, "k1"),
            (KEYED, r#"{"key":null}"#, "k1"),
            (KEYED, "", "k1"),
            (KEYED, "{}", ""),
            (KEYED, r#"{"key":""}"#, ""),
        ] {
            let told = keyed(operation, body, Some(given)).unwrap_err();
            assert!(told.contains("idempotency key") && !told.contains("k1") && !told.contains("k2"), "{told}");
        }
        assert!(keyed(KEYED, r#"{"key":""}"#, None).is_err());
    }
}
