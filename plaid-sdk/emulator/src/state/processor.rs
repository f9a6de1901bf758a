//! Processor tokens.

use serde::{Deserialize, Serialize};

use super::{AccountId, ItemId};

/// A processor token: one account of an Item, for one partner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProcessorToken {
    /// The Item.
    pub item: ItemId,
    /// The account.
    pub account: AccountId,
    /// The partner.
    pub processor: String,
    /// The products that the partner may read. An empty list means all.
    pub products: Vec<String>,
    /// Where its webhooks go.
    pub webhook: Option<String>,
}
