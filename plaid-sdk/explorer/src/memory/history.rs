//! The calls that were sent from the pages. Tokens in them are handles.

use std::collections::VecDeque;

use plaid_catalog::model::{Operation, Sample};

use super::shelf::Kept;

/// How many calls are kept.
pub const MOST: usize = 50;

/// How many responses are kept with them.
const MOST_RESPONSES: usize = 8;

/// A call that was made.
#[derive(Debug)]
pub struct Sent {
    pub number: u64,
    pub operation: &'static Operation,
    pub body: Option<Sample>,
    pub parameters: Option<Sample>,
    pub status: u16,
    pub milliseconds: u64,
    pub request_id: Option<String>,
    /// The error code of the response, if it is an error.
    pub error: Option<String>,
    /// The message of the error.
    pub message: Option<String>,
    /// The response, if it is JSON and not old.
    pub response: Option<Sample>,
    /// The values in the response that fit other requests.
    pub kept: Vec<Kept>,
    /// Those in the request.
    pub used: Vec<Kept>,
}

/// The calls, the newest last.
#[derive(Debug, Default)]
pub struct History {
    all: VecDeque<Sent>,
    last: u64,
}

impl History {
    /// Adds a call and returns its number.
    pub fn add(&mut self, mut sent: Sent) -> u64 {
        self.last += 1;
        sent.number = self.last;
        self.all.push_back(sent);
        while self.all.len() > MOST {
            self.all.pop_front();
        }
        for old in self.all.iter_mut().rev().skip(MOST_RESPONSES) {
            old.response = None;
        }
        self.last
    }

    /// The calls, the newest first.
    pub fn newest(&self) -> impl Iterator<Item = &Sent> {
        self.all.iter().rev()
    }

    /// The call of a number.
    pub fn get(&self, number: u64) -> Option<&Sent> {
        self.all.iter().find(|sent| sent.number == number)
    }
}
