//! Plaid.
mod nullable;
mod timestamp;
pub mod wire;
pub use nullable::Nullable;
pub use timestamp::{ParseTimestampError, Timestamp};
