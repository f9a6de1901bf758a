//! A stateful Plaid on your own machine.

pub mod bank;
pub mod clock;
pub mod data;
pub mod error;
pub mod fields;
pub mod ids;
pub mod json;
pub mod ops;
pub mod state;
