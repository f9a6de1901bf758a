//! Values of earlier responses that fit later requests. Tokens are on it as handles.

use std::collections::VecDeque;

use plaid_catalog::model::Sample;
use serde::Serialize;

use super::known::{self, Value};
use crate::handles::is_handle;

/// How many values there are at most.
const MOST: usize = 400;

/// How many values of one name a response adds: a page of transactions has hundreds of ids.
const MOST_OF_A_NAME: usize = 20;

/// A value with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The name of its property.
    pub name: String,
    /// An id or a handle.
    pub value: String,
    /// What it is, for people: `Plaid Checking 0000, from /accounts/get`.
    pub label: String,
}

/// The values, the newest first.
#[derive(Debug, Default)]
pub struct Shelf {
    all: VecDeque<Kept>,
}

impl Shelf {
    /// Adds values. One that is there comes to the front.
    pub fn add(&mut self, kept: &[Kept]) {
        for one in kept.iter().rev() {
            self.all.retain(|old| (&old.name, &old.value) != (&one.name, &one.value));
            self.all.push_front(one.clone());
        }
        self.all.truncate(MOST);
    }

    /// Adds values of a request at the end, unless they are there: where they came from says more than where they went.
    pub fn add_used(&mut self, used: &[Kept]) {
        for one in used {
            if self.all.len() < MOST && !self.all.iter().any(|old| (&old.name, &old.value) == (&one.name, &one.value)) {
                self.all.push_back(one.clone());
            }
        }
    }

    /// All values, the newest first.
    pub fn all(&self) -> Vec<Kept> {
        self.all.iter().cloned().collect()
    }
}

/// The values in a response, or in what the emulator made, that fit a later request. `from` says where they are from.
pub fn of(sample: &Sample, from: &str) -> Vec<Kept> {
    let mut found = Vec::new();
    collect(sample, from, &mut found);
    found
}

fn collect(sample: &Sample, from: &str, found: &mut Vec<Kept>) {
    match sample {
        Sample::Object(all) => {
            for (name, value) in all {
                match value {
                    Sample::Text(text) => keep(name, text, all, from, found),
                    inner => collect(inner, from, found),
                }
            }
        }
        Sample::List(all) => all.iter().for_each(|one| collect(one, from, found)),
        Sample::Null | Sample::Bool(_) | Sample::Number(_) | Sample::Text(_) => {}
    }
}

fn keep(name: &str, value: &str, around: &[(String, Sample)], from: &str, found: &mut Vec<Kept>) {
    let is_known = found.iter().any(|one| one.name == name && one.value == value);
    let count = found.iter().filter(|one| one.name == name).count();
    let is_wanted = is_handle(value) || ["_id", "_token", "cursor", "Id"].iter().any(|end| name.ends_with(end));
    if value.is_empty() || is_known || count >= MOST_OF_A_NAME || !is_wanted || !known::is_taken(name) {
        return;
    }
    let text = |name: &str| match around.iter().find(|(other, _)| other == name) {
        Some((_, Sample::Text(text))) if !is_handle(text) => Some(text.as_str()),
        _ => None,
    };
    // Of an account, people know its name and the end of its number.
    let about = [text("name"), text("mask")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let separator = if about.is_empty() { "" } else { ", " };
    found.push(Kept {
        name: name.to_owned(),
        value: value.to_owned(),
        label: format!("{about}{separator}from {from}"),
    });
}

/// The same values without labels.
pub fn values(kept: &[Kept]) -> impl Iterator<Item = Value> + '_ {
    kept.iter().map(|one| Value { name: one.name.clone(), value: Sample::Text(one.value.clone()) })
}
