//! Deserializes each example and serializes it again. `cargo xtask examples` builds and runs this program and compares the
//! results.

#![allow(deprecated, reason = "what the document calls deprecated has examples too")]

use std::fmt::Debug;
use std::io::{self, BufRead, Write};

use plaid_sdk::serde_json;
use plaid_sdk::wire::{self, Wire};
use serde::de::DeserializeOwned;
use serde::Serialize;

mod types;

/// An example after deserialization: serialized by the client, serialized by serde if the type has its traits, and its
/// `Debug` output.
#[derive(Default)]
struct Back {
    json: String,
    serde: Option<String>,
    debug: String,
}

type Read = fn(&str) -> Result<Back, String>;

/// Reads and writes as the client does.
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

/// A line of input contains the index of a type and an example. The line of output contains a [`Back`] or the error.
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
