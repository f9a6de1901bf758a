//! The types and the JSON that a server may send: unknown properties, missing properties, unknown values, other types,
//! and text that is not JSON.

mod broken;
mod deviations;
mod drift;
mod numbers;
mod redacted;
mod requests;
mod samples;

use std::fmt::Debug;

use plaid_sdk::error::DecodeError;
use plaid_sdk::serde_json;
use plaid_sdk::wire::{self, Wire};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Decodes as the client does. serde's trait must have the same result.
#[track_caller]
fn read<T: Wire + Serialize + DeserializeOwned + PartialEq + Debug>(json: &str) -> T {
    let value: T = wire::from_json(json.as_bytes()).unwrap_or_else(|error| panic!("{error} in {json}"));
    let other: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("by serde: {error} in {json}"));
    assert_eq!(value, other);
    value
}

/// The error for JSON that can't be decoded. serde's trait must fail too, and its message must contain the same path.
#[track_caller]
fn refused<T: Wire + Serialize + DeserializeOwned + PartialEq + Debug>(json: &str) -> DecodeError {
    let error = match wire::from_json::<T>(json.as_bytes()) {
        Ok(value) => panic!("{value:?} was read from {json}"),
        Err(error) => error,
    };
    match serde_json::from_str::<T>(json) {
        Ok(value) => panic!("by serde, {value:?} was read from {json}"),
        Err(other) => assert!(other.to_string().contains(error.path()), "by serde: {other}, by the client: {error}"),
    }
    error
}

/// Encodes as the client does.
fn written<T: Wire>(value: &T) -> String {
    String::from_utf8(wire::to_json(value.view()).unwrap()).unwrap()
}
