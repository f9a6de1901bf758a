//! What the emulator keeps: plain data that can be saved and restored. The rules are in the operations.

mod account;
mod cursor;
mod delta;
mod fault;
mod feed;
mod investment;
mod item;
mod key;
mod liability;
mod link;
mod names;
mod processor;
mod schedule;
mod tenant;
mod transaction;
mod user;
mod webhooks;

pub use self::account::{Account, Balances};
pub use self::cursor::{Cursor, Page};
pub use self::delta::Delta;
pub use self::fault::{Effect, Fault};
pub use self::feed::{Change, Feed, Readiness};
pub use self::investment::{BondTerms, Holding, Investments, OptionTerms, Portfolio, Security, Trade};
pub use self::item::{Item, ItemState};
pub use self::key::SigningKey;
pub use self::liability::{Liability, LiabilityKind};
pub use self::link::{LinkToken, PublicToken, Session};
pub use self::names::{AccountId, ItemId, TransactionId};
pub use self::processor::ProcessorToken;
pub use self::schedule::{Event, Schedule};
pub use self::tenant::{Pace, Tenant};
pub use self::transaction::{Category, Transaction};
pub use self::user::User;
pub use self::webhooks::{Attempt, Delivery, Webhook};
