#![doc = include_str!("../README.md")]

mod api;
mod bank;
mod calendar;
mod caller;
mod clock;
mod commands;
mod connections;
mod controls;
mod coverage;
mod data;
mod deliver;
mod due;
mod emulator;
mod engine;
mod error;
mod faults;
mod fields;
mod guess;
mod handle;
mod ids;
mod json;
mod lock;
mod log;
mod matching;
mod names;
mod ops;
mod pages;
mod pdf;
mod request;
pub mod samples;
mod seed;
mod sender;
mod server;
mod state;
mod store;
mod tls;
#[cfg(feature = "sdk")]
mod transport;
mod wake;
mod zip;

pub use self::bank::Login;
pub use self::commands::Refused;
pub use self::connections::Timeouts;
pub use self::emulator::{Builder, Emulator, StartError};
pub use self::error::ApiError;
pub use self::handle::Handle;
pub use self::ops::{AccountNumbers, Finish};
pub use self::state::{Announce, Attempt, Delivery, Limits, LoginRequired, Pace, TransferRules, UserApi, Webhook};
pub use self::store::StoreError;
pub use self::tls::TlsError;
#[cfg(feature = "sdk")]
pub use self::transport::InProcess;
