//! Reads each example into its type and writes it back. `cargo xtask examples` makes this program, feeds it and judges
//! what comes back.

#![allow(deprecated, reason = "what the document calls deprecated has examples too")]

use std::fmt::Debug;
use std::io::{self, BufRead, Write};

use plaid_sdk::serde_json;
use plaid_sdk::wire::{self, Wire};
use serde::de::DeserializeOwned;
use serde::Serialize;

mod types;

/// What became of an example: written back by the client's own reader and writer, by serde's traits where the type has
/// them, and printed.
#[derive(Default)]
struct Back {
    json: String,
    serde: Option<String>,
    debug: String,
}

type Read = fn(&str) -> Result<Back, String>;

/// As the client reads and writes.
fn plain<T: Wire + Debug>(json: &str) -> Result<Back, String> {
    let value: T = wire::from_json(json.as_bytes()).map_err(|error| error.to_string())?;
    let json = wire::to_json(value.view()).map_err(|error| error.to_string())?;
    let json = String::from_utf8(json).map_err(|error| error.to_string())?;
    Ok(Back { json, serde: None, debug: format!("{value:?}") })
}

/// The same, and as an application would that stores the value with serde_json.
fn serde<T: Wire + Debug + Serialize + DeserializeOwned>(json: &str) -> Result<Back, String> {
    let back = plain::<T>(json)?;
    let value: T = serde_json::from_str(json).map_err(|error| format!("by serde: {error}"))?;
    let text = serde_json::to_string(&value).map_err(|error| format!("by serde: {error}"))?;
    Ok(Back { serde: Some(text), ..back })
}

/// A line holds the index of a type and an example; the answer holds what is in [`Back`], or the error.
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let (at, json): (usize, String) = serde_json::from_str(&line?)?;
        let read = types::TYPES.get(at).ok_or("a type of this index")?;
        let back = read(&json).map(|back| (back.json, back.serde, back.debug));
        writeln!(out, "{}", serde_json::to_string(&back)?)?;
    }
    Ok(())
}
