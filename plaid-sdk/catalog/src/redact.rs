//! What must not be printed or kept: credentials and personal values in JSON, and other values in their place.
//!
//! [`Rewriter`] walks through a value by its type and says of each leaf what it is. [`replace_tokens`] finds tokens by their form, in
//! texts of which the model does not say that they contain one.
//!
//! ```
//! use plaid_catalog::Catalog;
//! use plaid_catalog::model::Sample;
//! use plaid_catalog::redact::Class;
//! use plaid_catalog::tools::json;
//!
//! let body = json::parse(r#"{"access_token": "access-sandbox-1", "count": 10}"#)?;
//! let hidden = Catalog::plaid().rewriter().rewrite(None, &body, &mut |class, _, _| {
//!     (class == Class::Credential).then(|| Sample::Text("(hidden)".to_owned()))
//! });
//! assert_eq!(json::json(&hidden), r#"{"access_token":"(hidden)","count":10}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod class;
mod rewrite;
mod tokens;

pub use self::class::{Class, Classes};
pub use self::rewrite::{Change, Rewriter};
pub use self::tokens::replace_tokens;
