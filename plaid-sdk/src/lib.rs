#![doc = include_str!("guide.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[rustfmt::skip]
mod generated;
mod runtime;

pub use bytes;
pub use chrono;
pub use http;
pub use reqwest;
pub use rust_decimal::{self, Decimal};
pub use serde_json;

pub use self::generated::*;
pub use self::runtime::client::Client;
pub use self::runtime::environment::Environment;
pub use self::runtime::error::Error;
pub use self::runtime::nullable::Nullable;
#[doc(hidden)]
pub use self::runtime::wire;

/// The client: its settings, credentials and environment.
pub mod client {
    pub use crate::runtime::client::{Client, ClientBuilder};
    pub use crate::runtime::context::API_VERSION;
    pub use crate::runtime::credentials::Credentials;
    pub use crate::runtime::environment::{BaseUrl, Environment};
}

/// Calls: their options, their attempts, and the operations that they call.
pub mod call {
    pub use crate::runtime::attempts::{Attempts, FailedAttempt};
    pub use crate::runtime::call::{Call, CallFuture};
    pub use crate::runtime::operation::{Idempotency, Method, Operation};
    pub use crate::runtime::parameter::ParameterStyle;
}

/// Responses: with metadata, raw, and files.
pub mod response {
    pub use crate::runtime::response::{Detailed, Download, RawResponse, Response};
    pub use crate::runtime::wire::{Deviation, Deviations};
}

/// Errors: what happened, and what to do about it.
pub mod error {
    pub use crate::generated::ErrorCode;
    pub use crate::runtime::api_error::ApiError;
    pub use crate::runtime::error::Error;
    pub use crate::runtime::error_code::{Recovery, Retry};
    pub use crate::runtime::wire::DecodeError;
}

/// Retries: how often, after which backoff, and how many by all calls together.
pub mod retry {
    pub use crate::runtime::retry::{RetryBudget, RetryPolicy};
}

/// The transport, which sends requests. Replace it to answer calls in tests, or to use another HTTP stack.
pub mod transport {
    pub use crate::runtime::transport::{Limits, Transport, TransportError, TransportErrorKind, TransportFuture};
}

/// Metrics of calls.
pub mod observe {
    pub use crate::runtime::observe::{DeviatingResponse, DeviatingWebhook, Observed, Observer};
}

/// Time and sleep, which tests can replace.
pub mod clock {
    pub use crate::runtime::clock::{Clock, Sleep, SystemClock};
}

/// Random bytes, which tests can replace.
pub mod random {
    pub use crate::runtime::random::{Entropy, EntropyError, SystemEntropy};
}

/// The types of fields that Rust's standard library lacks: money, dates, `null`, unknown values.
pub mod types {
    pub use bytes::Bytes;
    pub use chrono::NaiveDate;
    pub use rust_decimal::Decimal;

    pub use crate::runtime::nullable::Nullable;
    pub use crate::runtime::timestamp::{ParseTimestampError, Timestamp};
    pub use crate::runtime::wire::Unknown;
}

#[doc(inline)]
pub use self::runtime::paging;

#[doc = include_str!("from_plaid_9.md")]
pub mod migration {}

/// The check that Plaid sent a webhook. With the feature `webhooks`, this module also has the payloads.
#[cfg(all(feature = "webhook-verification", not(feature = "webhooks")))]
pub mod webhooks {
    pub use crate::runtime::webhooks::*;
}

#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
#[doc(inline)]
pub use self::runtime::blocking;
