//! The idempotency key of a request, by which Plaid distinguishes a retry from a second request.

use bytes::{BufMut, Bytes, BytesMut};

use crate::runtime::json_member::{self, Member};
use crate::runtime::operation::{Idempotency, Operation};
use crate::runtime::random::{Entropy, EntropyError, uuid};

/// A body, its key if it has one, and whether it is idempotent.
#[derive(Debug)]
pub(crate) struct KeyedBody {
    pub(crate) body: Bytes,
    pub(crate) key: Option<String>,
    pub(crate) idempotent: bool,
}

/// Adds the key to the body: the given one, or a new one if the body has none.
///
/// # Errors
/// The key is invalid. The error does not repeat it.
pub(crate) fn apply(
    operation: &Operation,
    body: Bytes,
    given: Option<String>,
    entropy: &dyn Entropy,
) -> Result<KeyedBody, String> {
    let property = match (operation.idempotency(), &given) {
        (Idempotency::Key(property), _) => property,
        (_, Some(_)) => return Err(format!("{operation} does not support an idempotency key")),
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
            Err(format!("{property}: the request contains another idempotency key than the call"))
        }
        (Member::Text(key), _) => Ok(KeyedBody { body, key: Some(key), idempotent: true }),
        (Member::Absent, given) if body.starts_with(b"{") => {
            let key = match given {
                Some(key) => key,
                None => uuid(entropy).map_err(|error: EntropyError| format!("no idempotency key: {error}"))?,
            };
            Ok(KeyedBody { body: insert(&body, property, &key), key: Some(key), idempotent: true })
        }
        (_, Some(_)) => Err(format!("{property}: the idempotency key can't be added to this body")),
        // An explicit `null`, or not a JSON object: sent unchanged, without retries.
        (_, None) => Ok(KeyedBody { body, key: None, idempotent: false }),
    }
}

/// The object with one more property, before the others.
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
    use crate::runtime::operation::Method;
    use crate::runtime::random::SystemEntropy;

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
