//! The runtime against real sockets on loopback: correct, slow and broken servers.

#[cfg_attr(not(feature = "webhook-verification"), allow(dead_code, reason = "the tests of webhooks use it"))]
mod clock;
mod connecting;
mod echoes;
mod encodings;
mod endless;
mod errors;
mod events;
mod faults;
mod frames;
mod hpack;
mod http2;
mod http2_faults;
mod memory;
mod observed;
mod options;
mod pages;
mod paging;
mod protocols;
mod proxies;
mod random_servers;
mod requests;
mod responses;
mod retries;
mod runtimes;
mod secrets;
mod server;
mod storm;
mod sync;
mod transport;
#[cfg(all(feature = "webhook-verification", feature = "webhooks"))]
mod webhook_deviations;
#[cfg(feature = "webhook-verification")]
mod webhook_floods;
#[cfg(feature = "webhook-verification")]
mod webhook_json;
#[cfg(feature = "webhook-verification")]
mod webhook_keys;
#[cfg(feature = "webhook-verification")]
mod webhooks;
