//! What an explorer remembers while it runs: calls, values for other calls, webhooks. Tokens in it are handles.

pub mod given;
pub mod history;
pub mod inbox;
pub mod keys;
pub mod known;
pub mod shelf;

use std::sync::{Mutex, OnceLock, PoisonError};

use self::given::Given;
use self::history::History;
use self::inbox::Inbox;
use self::keys::Keys;
use self::shelf::Shelf;

/// What was sent, and the values that came back. It is one for all pages of an explorer.
#[derive(Debug, Default)]
pub struct Memory {
    state: Mutex<State>,
    webhook_url: OnceLock<String>,
}

/// What is behind the lock.
#[derive(Debug, Default)]
pub struct State {
    pub history: History,
    pub shelf: Shelf,
    pub given: Given,
    pub inbox: Inbox,
    pub keys: Keys,
}

impl Memory {
    /// Says at which address webhooks arrive here. The first address stays.
    pub fn set_webhook_url(&self, url: &str) {
        let _first = self.webhook_url.set(url.to_owned());
    }

    /// The address at which webhooks arrive here.
    pub fn webhook_url(&self) -> Option<&str> {
        self.webhook_url.get().map(String::as_str)
    }

    /// Reads or changes it. Nothing waits inside.
    pub fn with<T>(&self, run: impl FnOnce(&mut State) -> T) -> T {
        run(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
