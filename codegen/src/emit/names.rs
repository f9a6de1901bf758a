//! Names in the generated code that do not come from the API.

/// The enum of all webhooks.
pub const WEBHOOKS: &str = "Webhook";

/// The enum of the error codes. The runtime's macro gives it this name.
pub const ERROR_CODES: &str = "ErrorCode";

/// The module of the error codes.
pub const ERROR_CODES_MODULE: &str = "error_codes";
