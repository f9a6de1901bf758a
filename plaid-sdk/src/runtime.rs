//! What is written by hand. Generated code reaches it by this one name; `lib.rs` decides what is public.

pub(crate) mod api_error;
pub(crate) mod attempts;
#[cfg(feature = "blocking")]
pub mod blocking;
pub(crate) mod call;
pub(crate) mod client;
pub(crate) mod clock;
pub(crate) mod context;
pub(crate) mod credentials;
mod damaged_json;
pub(crate) mod environment;
pub(crate) mod error;
pub(crate) mod error_code;
pub(crate) mod event;
mod idempotency;
mod json_member;
pub(crate) mod nullable;
pub(crate) mod observe;
pub(crate) mod operation;
pub mod paging;
pub(crate) mod parameter;
pub(crate) mod random;
mod received;
mod redact;
mod request;
mod request_id;
pub(crate) mod response;
pub(crate) mod retry;
mod sealed;
mod send;
pub(crate) mod timestamp;
pub(crate) mod transport;
#[cfg(feature = "webhook-verification")]
pub(crate) mod webhook;
#[cfg(feature = "webhook-verification")]
mod webhook_keys;
pub mod wire;

/// What the module of webhooks has besides the payloads, which are generated.
#[cfg(any(feature = "webhooks", feature = "webhook-verification"))]
pub(crate) mod webhooks {
    pub use super::event::UnknownWebhook;
    #[cfg(feature = "webhook-verification")]
    #[cfg_attr(docsrs, doc(cfg(feature = "webhook-verification")))]
    pub use super::webhook::*;
}

// What generated code names.
#[allow(unused_imports, reason = "the enabled products decide which of them are used")]
pub(crate) use self::{
    call::Call,
    client::Client,
    error_code::error_codes,
    event::{UnknownWebhook, webhooks},
    nullable::Nullable,
    operation::{Method, Operation},
    paging::roles::{paged, synced},
    parameter::ParameterStyle,
    response::Download,
    timestamp::Timestamp,
};
#[allow(unused_imports, reason = "the enabled products decide which of them are used")]
pub(crate) use {bytes::Bytes, chrono::NaiveDate, rust_decimal::Decimal};
