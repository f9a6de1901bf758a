//! Faults that were ordered: what goes wrong, for which calls, and how often.

use serde::{Deserialize, Serialize};

use super::ItemId;
use crate::error::ApiError;

/// A fault that was ordered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// Its number, unique in the tenant.
    pub id: u64,
    /// The path of the operation. Without one, all operations.
    pub path: Option<String>,
    /// The Item that the call is about. Without one, all calls.
    pub item: Option<ItemId>,
    /// How many calls still pass before the first one fails.
    pub skip: u64,
    /// How many calls still fail. Without a number, all.
    pub count: Option<u64>,
    /// Of 100 calls, how many fail, drawn from the tenant's ids.
    pub percent: u8,
    /// What goes wrong.
    pub effect: Effect,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// An error of the API.
    Error(ApiError),
    /// A status with a body that is not JSON, as a proxy sends it.
    Http(u16),
    /// The response comes this many milliseconds later, in real time. The call is carried out.
    Delay(u64),
    /// The connection is closed without a response. The call is carried out.
    Drop,
    /// The body ends in the middle. The call is carried out.
    Truncate,
    /// The first known text of a property gets a value that no client knows.
    UnknownValue(String),
    /// The first property of this name is `null`.
    Null(String),
}

impl Fault {
    /// Whether the fault is about a call.
    pub fn is_about(&self, path: &str, item: Option<&ItemId>) -> bool {
        self.path.as_ref().is_none_or(|own| own == path)
            && self.item.as_ref().is_none_or(|own| item == Some(own))
            && self.count != Some(0)
    }
}
