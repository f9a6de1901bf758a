//! Names that the generated code has beside those of the API.

/// The enum of all webhooks.
pub const WEBHOOKS: &str = "Webhook";

/// The enum of the codes of errors, which the runtime's macro gives this name.
pub const ERROR_CODES: &str = "ErrorCode";

/// The module of the codes of errors.
pub const ERROR_CODES_MODULE: &str = "error_codes";
