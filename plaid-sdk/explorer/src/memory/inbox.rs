//! The webhooks that arrived.

use std::collections::VecDeque;

use plaid_catalog::model::Sample;

/// How many webhooks are kept and shown.
pub const MOST: usize = 60;

/// The webhooks that arrived, the newest last.
#[derive(Debug, Default)]
pub struct Inbox {
    all: VecDeque<Arrived>,
    /// How many have arrived.
    count: u64,
}

/// A webhook. Credentials in it are handles.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Its number; the inbox sets it.
    pub number: u64,
    /// Seconds since 1970.
    pub at: u64,
    pub kind: String,
    pub code: String,
    pub body: Sample,
}

impl Inbox {
    /// Adds a webhook.
    pub fn add(&mut self, mut arrived: Arrived) {
        self.count += 1;
        arrived.number = self.count;
        self.all.push_back(arrived);
        if self.all.len() > MOST {
            self.all.pop_front();
        }
    }

    /// The webhooks, the newest first.
    pub fn newest(&self) -> Vec<Arrived> {
        self.all.iter().rev().cloned().collect()
    }
}
