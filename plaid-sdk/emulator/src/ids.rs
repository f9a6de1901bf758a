//! Ids and tokens: random in look, the same for the same seed and the same calls.

use std::fmt::Write;

use aws_lc_rs::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

/// Makes ids. The n-th id of a generator depends on its seed and on n alone, so it can be saved and restored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ids {
    seed: u64,
    tenant: String,
    made: u64,
}

impl Ids {
    /// A generator for a tenant. Tenants of one emulator get different ids, whatever order they call in.
    pub fn new(seed: u64, tenant: &str) -> Self {
        Self { seed, tenant: tenant.to_owned(), made: 0 }
    }

    /// Another generator: what it makes depends on the seed and a name, not on the calls so far. A response that is computed
    /// again thus has the same ids.
    pub fn named(&self, name: &str) -> Self {
        Self { seed: self.seed, tenant: format!("{}/{name}", self.tenant), made: 0 }
    }

    /// A UUID of version 4.
    pub fn uuid(&mut self) -> String {
        let bytes = self.bytes();
        let mut text = String::with_capacity(36);
        for (index, byte) in bytes.iter().take(16).enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            let byte = match index {
                6 => 0x40 | (byte & 0x0f),
                8 => 0x80 | (byte & 0x3f),
                _ => *byte,
            };
            // Writing into a string does not fail.
            let _written = write!(text, "{byte:02x}");
        }
        text
    }

    /// A token with the prefix of its kind: `access-sandbox-` and a UUID.
    pub fn token(&mut self, kind: &str) -> String {
        format!("{kind}-sandbox-{}", self.uuid())
    }

    /// 37 letters and digits, as the ids of Items, accounts and transactions have them.
    pub fn long(&mut self) -> String {
        self.letters(37, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    }

    /// 15 letters and digits, as `request_id` has them.
    pub fn request(&mut self) -> String {
        self.letters(15, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    }

    /// A prefix and 15 lower-case letters and digits: `usr_…`.
    pub fn short(&mut self, prefix: &str) -> String {
        format!("{prefix}{}", self.letters(15, b"abcdefghijklmnopqrstuvwxyz0123456789"))
    }

    /// A number below a limit. The limit itself never comes.
    pub fn below(&mut self, limit: u64) -> u64 {
        let bytes = self.bytes();
        let number = bytes.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
        number % limit.max(1)
    }

    fn letters(&mut self, length: usize, alphabet: &[u8]) -> String {
        let mut text = String::with_capacity(length);
        while text.len() < length {
            for byte in self.bytes() {
                // A byte past the last whole multiple of the alphabet's length would make some letters more frequent.
                let index = usize::from(byte);
                if text.len() < length && index < 256 / alphabet.len() * alphabet.len() {
                    text.push(char::from(alphabet[index % alphabet.len()]));
                }
            }
        }
        text
    }

    fn bytes(&mut self) -> [u8; 32] {
        let mut hash = Context::new(&SHA256);
        hash.update(&self.seed.to_le_bytes());
        hash.update(&self.made.to_le_bytes());
        hash.update(self.tenant.as_bytes());
        self.made += 1;
        let mut bytes = [0; 32];
        bytes.copy_from_slice(hash.finish().as_ref());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn ids_have_the_form_of_plaids() {
        let mut ids = Ids::new(1, "a");
        let token = ids.token("access");
        let uuid = token.strip_prefix("access-sandbox-").expect("the prefix");
        assert_eq!(uuid.len(), 36);
        assert_eq!((&uuid[8..9], &uuid[13..15], &uuid[18..19]), ("-", "-4", "-"));
        assert_eq!(ids.long().len(), 37);
        assert_eq!(ids.request().len(), 15);
        assert!(ids.short("usr_").starts_with("usr_"));
    }

    #[test]
    fn the_same_seed_gives_the_same_ids_and_another_tenant_others() {
        let first: Vec<String> = (0..3).map(|_| Ids::new(7, "a").long()).collect();
        assert_eq!(first[0], first[2]);
        assert_ne!(Ids::new(7, "a").long(), Ids::new(7, "b").long());
        assert_ne!(Ids::new(7, "a").long(), Ids::new(8, "a").long());
        let mut ids = Ids::new(7, "a");
        assert_ne!(ids.long(), ids.long());
    }

    #[test]
    fn a_restored_generator_goes_on_where_it_was() {
        let mut ids = Ids::new(7, "a");
        ids.uuid();
        let saved = serde_json::to_string(&ids).expect("it serializes");
        let mut restored: Ids = serde_json::from_str(&saved).expect("it deserializes");
        assert_eq!(ids.uuid(), restored.uuid());
    }
}
