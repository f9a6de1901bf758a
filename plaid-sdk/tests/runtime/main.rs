//! The runtime against real sockets on loopback: correct, slow and broken servers.

#[cfg_attr(not(feature = "webhook-verification"), allow(dead_code, reason = "the tests of webhooks use it"))]
mod clock;
mod errors;
mod faults;
mod observed;
mod options;
mod paging;
mod requests;
mod responses;
mod retries;
mod secrets;
mod server;
mod storm;
mod sync;
mod transport;
#[cfg(feature = "webhook-verification")]
mod webhook_floods;
#[cfg(feature = "webhook-verification")]
mod webhook_json;
#[cfg(feature = "webhook-verification")]
mod webhook_keys;
#[cfg(feature = "webhook-verification")]
mod webhooks;
