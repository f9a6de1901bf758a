//! The keys that verify webhooks: a key, the cache that a client has, and which unknown keys Plaid is asked for. All of it is
//! data. `webhook` makes the requests.

mod admission;
pub(crate) mod cache;
pub(crate) mod error;
pub(crate) mod key;
