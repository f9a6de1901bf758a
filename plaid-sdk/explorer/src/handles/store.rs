//! The values by their handles.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use aws_lc_rs::rand;
use plaid_catalog::model::Sample;
use plaid_catalog::tools::json;

use super::{Caller, Limits};

/// What a handle begins with.
pub const PREFIX: &str = "handle:";

/// Letters and digits that are not mistaken for each other.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// How many of them a handle has: 100 random bits.
const LENGTH: usize = 20;

/// The longest name in a handle.
const NAME: usize = 40;

/// The values by their handles.
#[derive(Default)]
pub struct Store {
    entries: HashMap<String, Entry>,
    /// The handle of a caller's value, by its JSON text.
    handles: HashMap<(Caller, String), String>,
    /// The handles in the order in which they were used.
    order: BTreeMap<u64, String>,
    next: u64,
    bytes: usize,
}

struct Entry {
    caller: Caller,
    value: Sample,
    /// Its JSON text.
    text: String,
    used: Instant,
    turn: u64,
}

impl Store {
    /// The handle of a value. A value that has one keeps it. Returns `None` if the system has no random numbers.
    pub fn handle(
        &mut self,
        limits: &Limits,
        now: Instant,
        caller: &Caller,
        name: &str,
        value: &Sample,
    ) -> Option<String> {
        self.expire(limits, now);
        let text = json::json(value);
        let key = (caller.clone(), text);
        if let Some(handle) = self.handles.get(&key).cloned() {
            self.touch(now, &handle);
            return Some(handle);
        }
        let handle = new_handle(name)?;
        let turn = self.turn(&handle);
        self.bytes += key.1.len();
        let entry = Entry { caller: caller.clone(), value: value.clone(), text: key.1.clone(), used: now, turn };
        self.entries.insert(handle.clone(), entry);
        self.handles.insert(key, handle.clone());
        while (self.entries.len() > limits.values || self.bytes > limits.bytes) && self.remove_oldest() {}
        Some(handle)
    }

    /// The handle of a value that has one.
    pub fn known(&mut self, limits: &Limits, now: Instant, caller: &Caller, value: &Sample) -> Option<String> {
        self.expire(limits, now);
        let handle = self.handles.get(&(caller.clone(), json::json(value))).cloned()?;
        self.touch(now, &handle);
        Some(handle)
    }

    /// The value of a caller's handle.
    pub fn value(&mut self, limits: &Limits, now: Instant, caller: &Caller, handle: &str) -> Option<Sample> {
        self.expire(limits, now);
        let value = self.entries.get(handle).filter(|entry| entry.caller == *caller)?.value.clone();
        self.touch(now, handle);
        Some(value)
    }

    fn expire(&mut self, limits: &Limits, now: Instant) {
        let is_old = |entry: &Entry| now.saturating_duration_since(entry.used) > limits.life;
        while let Some((_, handle)) = self.order.first_key_value()
            && self.entries.get(handle).is_none_or(is_old)
        {
            self.remove_oldest();
        }
    }

    fn touch(&mut self, now: Instant, handle: &str) {
        let turn = self.turn(handle);
        if let Some(entry) = self.entries.get_mut(handle) {
            self.order.remove(&entry.turn);
            (entry.turn, entry.used) = (turn, now);
        }
    }

    fn turn(&mut self, handle: &str) -> u64 {
        let turn = self.next;
        self.next += 1;
        self.order.insert(turn, handle.to_owned());
        turn
    }

    fn remove_oldest(&mut self) -> bool {
        let Some((_, handle)) = self.order.pop_first() else { return false };
        if let Some(entry) = self.entries.remove(&handle) {
            self.bytes -= entry.text.len();
            self.handles.remove(&(entry.caller, entry.text));
        }
        true
    }
}

fn new_handle(name: &str) -> Option<String> {
    let mut bytes = [0; LENGTH];
    rand::fill(&mut bytes).ok()?;
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let name: String = name.chars().take(NAME).map(plain).collect();
    let random = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32))).copied().map(char::from);
    Some(format!("{PREFIX}{name}:{}", random.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use plaid_catalog::model::Sample;

    use super::{Caller, Limits, Store};
    use crate::handles::is_handle;

    const LIMITS: Limits = Limits { values: 3, bytes: 1000, life: Duration::from_secs(60) };

    fn text(value: &str) -> Sample {
        Sample::Text(value.to_owned())
    }

    #[test]
    fn a_value_keeps_its_handle_and_each_caller_has_its_own() {
        let (mut store, now) = (Store::default(), Instant::now());
        let (one, other) = (Caller::new("one"), Caller::new("other"));
        let handle = store.handle(&LIMITS, now, &one, "access_token", &text("secret")).expect("a handle");
        assert!(handle.starts_with("handle:access_token:") && is_handle(&handle), "{handle}");
        assert_eq!(store.handle(&LIMITS, now, &one, "token", &text("secret")), Some(handle.clone()));
        assert_ne!(store.handle(&LIMITS, now, &other, "access_token", &text("secret")), Some(handle.clone()));
        assert_eq!(store.value(&LIMITS, now, &one, &handle), Some(text("secret")));
        assert_eq!(store.value(&LIMITS, now, &other, &handle), None);
        assert!(is_handle(&store.handle(&LIMITS, now, &one, "Ünsafe \"name\":", &text("x")).expect("a handle")));
    }

    #[test]
    fn use_keeps_a_value_and_time_removes_it() {
        let (mut store, start, one) = (Store::default(), Instant::now(), Caller::new("one"));
        let handle = store.handle(&LIMITS, start, &one, "a", &text("a")).expect("a handle");
        let second = |seconds| start + Duration::from_secs(seconds);
        assert!(store.value(&LIMITS, second(50), &one, &handle).is_some());
        assert!(store.value(&LIMITS, second(100), &one, &handle).is_some());
        assert!(store.value(&LIMITS, second(161), &one, &handle).is_none());
        assert_eq!((store.entries.len(), store.handles.len(), store.order.len(), store.bytes), (0, 0, 0, 0));
    }

    #[test]
    fn the_least_used_go_when_there_are_too_many_or_they_are_too_long() {
        let (mut store, now, one) = (Store::default(), Instant::now(), Caller::new("one"));
        let handles: Vec<String> =
            ["a", "b", "c"].iter().filter_map(|value| store.handle(&LIMITS, now, &one, "x", &text(value))).collect();
        assert!(store.value(&LIMITS, now, &one, &handles[0]).is_some());
        store.handle(&LIMITS, now, &one, "x", &text("d"));
        let is_kept = |store: &mut Store, index: usize| store.value(&LIMITS, now, &one, &handles[index]).is_some();
        assert_eq!([0, 1, 2].map(|index| is_kept(&mut store, index)), [true, false, true]);
        store.handle(&LIMITS, now, &one, "x", &text(&"long".repeat(249)));
        assert!(store.bytes <= 1000 && store.entries.len() <= 2, "{} in {}", store.bytes, store.entries.len());
        assert_eq!(store.entries.len(), store.order.len());
    }
}
