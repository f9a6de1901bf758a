//! Names that the runtime and the generated code already use, so that items of an API can't have them.

use crate::ident;

/// The module for types that several modules use.
pub const SHARED: &str = "shared";

/// The SDK's own modules, and the crates that it exports. A product's module with the same name would conflict.
pub const RUNTIME: &[&str] = &[
    "blocking",
    "bytes",
    "call",
    "chrono",
    "client",
    "clock",
    "error",
    "error_codes",
    "generated",
    "http",
    "migration",
    "observe",
    "paging",
    "random",
    "reqwest",
    "response",
    "retry",
    "runtime",
    "rust_decimal",
    "serde_json",
    "transport",
    "types",
    "wire",
];

/// Types that generated code has in scope; a schema of such a name gets `Type` appended.
pub const TYPES_IN_SCOPE: &[&str] = &[
    "BTreeMap",
    "Box",
    "Call",
    "Client",
    "Decimal",
    "Default",
    "Download",
    "Err",
    "Error",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "Map",
    "Method",
    "NaiveDate",
    "None",
    "Nullable",
    "Ok",
    "Operation",
    "Option",
    "Self",
    "Some",
    "String",
    "Timestamp",
    "UnknownWebhook",
    "Value",
    "Vec",
    "Webhook",
    "Wire",
];

/// Methods of the runtime's client, and of every type; an operation of such a name gets `_call` appended.
pub const CLIENT_METHODS: &[&str] =
    &["builder", "clone", "drop", "environment", "from_env", "new", "production", "sandbox", "with_credentials"];

/// The constructor, and the methods that every type has.
pub const TYPE_METHODS: &[&str] = &["new", "clone", "eq", "fmt"];

/// The variant for unknown values of an enum or union.
pub const UNKNOWN: &str = "Unknown";

/// Whether a product's module can have this name.
pub fn is_free_module(name: &str) -> bool {
    name != SHARED && !RUNTIME.contains(&name) && ident::is_plain(name)
}
