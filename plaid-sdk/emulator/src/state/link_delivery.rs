//! Hosted Link sessions of `/link_delivery`: an address that is sent to a person.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A Link token whose page is sent to a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkDelivery {
    /// Its id.
    pub id: String,
    /// The Link token.
    pub link_token: String,
    /// When it was created.
    pub created: DateTime<Utc>,
}

/// How far the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LinkDeliveryStatus {
    /// They have not opened the page.
    Created,
    /// They have opened it.
    Opened,
    /// They have left it.
    Exited,
    /// They have linked an account.
    Completed,
    /// The address is too old.
    Expired,
}
