//! JSON that is almost right: a key or a token that comes from the network must never cause a panic.

use std::time::{Duration, SystemTime};

use plaid_sdk::serde_json::{Value, json};
use plaid_sdk::webhooks::{Signer, VerificationKey, Verifier};

use crate::clock::Stopped;

/// Deterministic random numbers (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Any JSON value, with numbers from all the ranges that convert differently.
    fn json(&mut self, depth: u32) -> Value {
        match self.below(if depth == 0 { 9 } else { 11 }) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2 => json!(self.next()),
            3 => json!(self.next() as i64),
            4 => json!([0, 1, 1_u64 << 53, 1_u64 << 63, u64::MAX, i64::MAX as u64][self.below(6) as usize]),
            5 => json!([i64::MIN, -1, i64::MIN + 1][self.below(3) as usize]),
            6 => json!([0.5, -0.5, 1e18, 1e19, 1e300, -1e300, f64::MAX, f64::MIN_POSITIVE][self.below(8) as usize]),
            7 => json!(self.below(2_000_000_000)),
            8 => json!(
                ["", "ES256", "EC", "P-256", "sig", "verify", "AAAA", "key-1", "\u{0}", "é"][self.below(10) as usize]
            ),
            9 => (0..self.below(3)).map(|_| self.json(depth - 1)).collect(),
            _ => json!({"key": self.json(depth - 1), "expired_at": self.json(depth - 1)}),
        }
    }

    /// The object with some members replaced or removed.
    fn damage(&mut self, object: &Value) -> Value {
        let mut damaged = object.clone();
        for member in damaged.as_object_mut().unwrap().values_mut() {
            if self.below(4) == 0 {
                *member = self.json(2);
            }
        }
        damaged.as_object_mut().unwrap().retain(|_, _| self.below(12) > 0);
        damaged
    }
}

#[tokio::test]
async fn no_json_of_a_key_or_a_token_panics() {
    let signer = Signer::new("key-1").unwrap();
    let (good, mut random) = (signer.key().to_jwk(), Random(1));
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let body = b"{}";
    let header = json!({"alg": "ES256", "kid": "key-1"});
    let claims = json!({
        "iat": 1_000_000_000,
        "request_body_sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    });
    let (mut usable, mut accepted) = (0, 0);
    for _ in 0..20_000 {
        let jwk = if random.below(20) == 0 { random.json(3) } else { random.damage(&good) };
        let Ok(key) = VerificationKey::from_jwk(&jwk) else { continue };
        usable += 1;
        assert_eq!(VerificationKey::from_jwk(&key.to_jwk()).unwrap().id(), key.id());
        let token = signer.sign_token(&random.damage(&header), &random.damage(&claims)).unwrap();
        let verifier = Verifier::with_keys([key]).clock(Stopped(now));
        accepted += u32::from(verifier.verify_token(&token, body).await.is_ok());
    }
    // The damage is neither always fatal nor never.
    assert!(usable > 1000 && accepted > 10 && accepted < usable, "{usable} {accepted}");
}
