#![doc = include_str!("guide.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod api_error;
mod attempts;
#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking;
mod call;
mod client;
mod clock;
mod credentials;
mod environment;
mod error;
mod error_code;
mod event;
#[rustfmt::skip]
mod generated;
mod idempotency;
mod json_member;
mod nullable;
mod observe;
mod operation;
pub mod paging;
mod parameter;
mod redact;
mod request;
mod request_id;
mod response;
mod retry;
mod timestamp;
mod transport;
#[cfg(feature = "webhook-verification")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhook-verification")))]
pub mod webhook;
#[doc(hidden)]
pub mod wire;

pub use bytes::{self, Bytes};
pub use chrono::{self, NaiveDate};
pub use http;
pub use reqwest;
pub use rust_decimal::{self, Decimal};
pub use serde_json;

pub use self::api_error::ApiError;
pub use self::attempts::Attempts;
pub use self::call::{Call, CallFuture};
pub use self::client::{API_VERSION, Client, ClientBuilder};
pub use self::clock::{Clock, Entropy, EntropyError, Sleep, SystemClock, SystemEntropy};
pub use self::credentials::Credentials;
pub use self::environment::{BaseUrl, Environment};
pub use self::error::Error;
pub use self::error_code::{Recovery, Retry};
pub use self::event::UnknownWebhook;

pub use self::generated::*;
pub use self::nullable::Nullable;
pub use self::observe::{Observed, Observer};
pub use self::operation::{Idempotency, Method, Operation};
pub use self::parameter::ParameterStyle;
pub use self::response::{Detailed, Download, RawResponse, Response};
pub use self::retry::{RetryBudget, RetryPolicy};
pub use self::timestamp::{ParseTimestampError, Timestamp};
pub use self::transport::{Limits, Transport, TransportError, TransportErrorKind, TransportFuture};
pub use self::wire::DecodeError;
