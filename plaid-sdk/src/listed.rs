//! What the runtime has to know of the operations and webhooks of Plaid's document: tables that its macros expand.
//!
//! A crate that is generated from another document has an empty file here.

mod paging;
#[cfg(feature = "webhooks")]
mod webhooks;

#[cfg(feature = "webhooks")]
pub use self::webhooks::Webhook;
