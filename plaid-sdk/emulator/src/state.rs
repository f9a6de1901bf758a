//! What the emulator keeps: plain data that can be saved and restored. The rules are in the operations.

mod account;
mod auth;
mod cursor;
mod custom;
mod delta;
mod fault;
mod feed;
mod item;
mod key;
mod link;
mod names;
mod persona;
mod processor;
mod schedule;
mod tenant;
mod transaction;
mod user;
mod webhooks;

pub use self::account::{Account, Balances};
pub use self::auth::{Ach, AuthMethod, Bacs, Eft, Insights, International, Numbers, Verification, VerificationStatus};
pub use self::cursor::{Cursor, Page};
pub use self::custom::{Custom, CustomAccount, CustomRow, Inflow, InflowKind, MonthDay};
pub use self::delta::Delta;
pub use self::fault::{Effect, Fault};
pub use self::feed::{Change, Feed, Readiness};
pub use self::item::{Item, ItemState};
pub use self::key::SigningKey;
pub use self::link::{LinkToken, PublicToken, Session};
pub use self::names::{AccountId, ItemId, TransactionId};
pub use self::persona::Persona;
pub use self::processor::ProcessorToken;
pub use self::schedule::{Event, Schedule};
pub use self::tenant::{Pace, Tenant};
pub use self::transaction::{Category, Transaction};
pub use self::user::User;
pub use self::webhooks::{Attempt, Delivery, Webhook};
