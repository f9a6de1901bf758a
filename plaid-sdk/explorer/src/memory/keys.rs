//! The keys that Plaid signs webhooks with. A key is asked for once in a while, and an unknown one not at once again.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::webhook_token::Key;

/// How long a key is used before it is asked for again: it may expire.
const LIFE: Duration = Duration::from_secs(60 * 60);

/// How long an unknown key is not asked for again.
const PAUSE: Duration = Duration::from_secs(30);

/// How many keys are remembered. Plaid has few; forged webhooks may name many.
const MOST: usize = 32;

/// The keys by their ids; `None` if Plaid does not know one.
#[derive(Debug, Default)]
pub struct Keys {
    all: HashMap<String, (Instant, Option<Key>)>,
}

impl Keys {
    /// What is known of a key: `Some(None)` if Plaid had none of this id a short time ago.
    pub fn get(&self, id: &str, now: Instant) -> Option<Option<Key>> {
        let (asked, key) = self.all.get(id)?;
        let life = if key.is_some() { LIFE } else { PAUSE };
        (now.saturating_duration_since(*asked) < life).then(|| key.clone())
    }

    /// Keeps what Plaid said.
    pub fn keep(&mut self, id: &str, now: Instant, key: Option<Key>) {
        if self.all.len() >= MOST {
            // Keys that are known stay, so that forged ids can't drive them out.
            self.all.retain(|_, (asked, key)| key.is_some() && now.saturating_duration_since(*asked) < LIFE);
        }
        if self.all.len() < MOST {
            self.all.insert(id.to_owned(), (now, key));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Key, Keys, LIFE, MOST, PAUSE};

    #[test]
    fn forged_ids_drive_no_key_out() {
        let (mut keys, now) = (Keys::default(), Instant::now());
        let key = Key { point: [4; 65], expired_at: None };
        keys.keep("real", now, Some(key.clone()));
        for number in 0..3 * MOST {
            keys.keep(&format!("forged-{number}"), now, None);
        }
        assert!(keys.all.len() <= MOST);
        assert_eq!(keys.get("real", now), Some(Some(key)));
        assert_eq!(keys.get("real", now + LIFE), None);
        keys.keep("unknown", now, None);
        assert_eq!(keys.get("unknown", now + PAUSE + Duration::from_secs(1)), None);
    }
}
