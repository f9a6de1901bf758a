//! What happened to Items, and which other applications are connected to them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ItemId;

/// Something that happened to an Item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// Its id.
    pub id: String,
    /// The Item.
    pub item: ItemId,
    /// What happened.
    pub kind: ActivityKind,
    /// When.
    pub at: DateTime<Utc>,
    /// The accounts that the user shared then, as responses contain them.
    pub accounts: Vec<Value>,
    /// The products that the Item had then.
    pub products: Vec<String>,
    /// The application that it is about, if it is another one than the caller.
    pub application: Option<String>,
    /// What the application may see since then.
    pub scopes: Option<Value>,
}

/// What happened to an Item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// It was linked.
    Create,
    /// It was made from credentials that the application had.
    Import,
    /// The user went through update mode.
    Update,
    /// The application removed it.
    Remove,
    /// The user took back their permission, or that of another application.
    Unlink,
    /// The user changed what an application may see.
    Scopes,
}

impl ActivityKind {
    /// Its name in `activity`.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Create => "ITEM_CREATE",
            Self::Import => "ITEM_IMPORT",
            Self::Update => "ITEM_UPDATE",
            Self::Remove => "ITEM_REMOVE",
            Self::Unlink => "PORTAL_UNLINK",
            Self::Scopes => "SCOPES_UPDATE",
        }
    }
}

/// Another application that is connected to the login of an Item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Application {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it was connected.
    pub created: DateTime<Utc>,
    /// What it may see. `None`: everything.
    pub scopes: Option<Value>,
}
