//! All of [Plaid's API](https://plaid.com/docs/api/) as typed Rust.
//!
//! # A first call
//!
//! Make one [`Client`] and keep it. Each operation is a method that takes a request and is awaited:
//!
//! ```no_run
//! use plaid_sdk::Client;
//! use plaid_sdk::accounts::AccountsGetRequest;
//!
//! # async fn demo() -> Result<(), plaid_sdk::Error> {
//! let plaid = Client::sandbox("client-id", "secret")?;
//! let reply = plaid.accounts_get(AccountsGetRequest::new("access-sandbox-…")).await?;
//! for account in &reply.accounts {
//!     println!("{}: {:?}", account.name, account.balances.current);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A request is made by `new` with what it can't do without, and completed by setters that are named like the
//! properties. What is not set is left out. Credentials belong to the client and appear in no request. The types of a
//! product stand in its module: [`accounts`], and so on. Options for one call, such as [`Call::timeout`], go between
//! the call and `.await`.
//!
//! # Errors
//!
//! Every call gives the same [`Error`]. It tells apart what Plaid refused, what never reached Plaid, and what may or may
//! not have been carried out; decide by the code, not by the message:
//!
//! ```
//! # async fn demo(plaid: plaid_sdk::Client) -> Result<(), plaid_sdk::Error> {
//! # use plaid_sdk::accounts::AccountsGetRequest;
//! match plaid.accounts_get(AccountsGetRequest::new("access-sandbox-…")).await {
//!     Ok(reply) => println!("{} accounts", reply.accounts.len()),
//!     Err(error) if error.code() == Some("ITEM_LOGIN_REQUIRED") => println!("ask the user to log in again"),
//!     Err(error) if error.is_timeout() => println!("try again later"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Secrets
//!
//! Credentials, tokens, account numbers and personal data print as `[redacted]`, and no error prints a body. Credentials
//! travel in headers, to the chosen environment only: redirects are not followed. They are wiped from memory when the
//! client and its last call are gone.
//!
//! # Money, dates and unknown values
//!
//! Amounts are [`Decimal`]s with the digits of the reply: nothing is rounded. Dates are [`NaiveDate`]s, moments are
//! [`Timestamp`]s. Enums keep a value that this version does not know, print it and send it back as it came, and
//! properties that it does not know are passed over, so that replies of a newer API can be read. Where an absent
//! property and `null` mean different things in a request, the setter takes a [`Nullable`].
//!
//! # What calls do by themselves
//!
//! A call that fails is sent again where that can do no harm, with growing pauses and within its timeout: see
//! [`RetryPolicy`] and [`Repetition`]. Payments carry an idempotency key, which the client fills in where there is none and
//! keeps over all attempts: see [`Call::idempotency_key`]. [`Attempts`] tells what happened.
//!
//! Each call runs in a [`tracing`](https://docs.rs/tracing) span, `plaid.call`, with operation, status, attempts, time and
//! request id; an [`Observer`] gets the same for metrics.
//!
//! # Lists and transactions
//!
//! [`Client::items`] and [`Client::pages`] read lists to their end, [`Client::sync`] collects an update of transactions:
//! see [`paging`].
//!
//! # Webhooks
//!
//! `webhook::Verifier` checks that a webhook was sent by Plaid, and `Webhook` is the enum of all of them.
//!
//! # Testing
//!
//! Replace the [`Transport`] to answer calls without a network, or send them to a server of your own by
//! [`ClientBuilder::base_url`]. Replies can be built in tests: each has a `Default`, and reads from JSON by serde.
//!
//! # Features
//!
//! `rustls` (on by default) is HTTPS by rustls with the certificates that the platform trusts; `native-tls` is HTTPS by
//! the platform's own library. Without either, give the client an HTTP client or a transport of your own.
//! `webhook-verification` (on by default) is `webhook`, the check that webhooks were sent by Plaid. `blocking` is
//! `blocking`, for programs that are not async. Each product has a feature as well, all on by default; name the ones you
//! need, with `default-features = false`, for a smaller build.
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
mod reply;
mod request;
mod request_id;
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
pub use self::error_code::Recovery;
pub use self::event::UnlistedWebhook;

pub use self::generated::*;
#[allow(unused_imports, reason = "the document and the features decide what there is")]
pub use self::nullable::Nullable;
pub use self::observe::{Observed, Observer};
pub use self::operation::{Method, Operation, Repetition};
pub use self::reply::{Detailed, Download, RawReply, Reply};
pub use self::retry::{RetryBudget, RetryPolicy};
pub use self::timestamp::{ParseTimestampError, Timestamp};
pub use self::transport::{Limits, Transport, TransportError, TransportErrorKind, TransportFuture};
pub use self::wire::DecodeError;
