//! Sample values: what a person would write, as a tree.

use serde::{Deserialize, Serialize};

/// A sample value. Doc examples, request samples, an emulator's defaults and snippets all render it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sample {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as its digits stand in JSON: `12.50` stays `12.50`.
    Number(String),
    /// A string, also for dates, times and decimals in strings.
    Text(String),
    /// A list.
    List(Vec<Sample>),
    /// An object: the properties that are set, in the document's order.
    Object(Vec<(String, Sample)>),
}
