//! Errors as Plaid answers them.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// An error of the API: what an operation answers with in place of its response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// Plaid's `error_type`.
    pub kind: Cow<'static, str>,
    /// Plaid's `error_code`.
    pub code: Cow<'static, str>,
    /// The text for developers.
    pub message: String,
    /// The text for users, for errors that users can do something about.
    pub display: Option<Cow<'static, str>>,
    /// The errors of single Items that led to it, for reports about several.
    #[serde(default, skip_serializing_if = "<[Value]>::is_empty")]
    pub causes: Box<[Value]>,
}

/// The two codes and a text.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident($($arg:ident),*) = $kind:literal $code:literal $($message:expr),+;)+) => {
        $($(#[$doc])* pub fn $name($($arg: &str),*) -> Self { Self::new($kind, $code, format!($($message),+)) })+
    };
}

impl ApiError {
    /// An error with the status that belongs to its code.
    pub fn new(
        kind: impl Into<Cow<'static, str>>,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        let (kind, code) = (kind.into(), code.into());
        let status = match (&*kind, &*code) {
            (_, "NOT_FOUND" | "NO_LONGER_AVAILABLE" | "CUSTOMER_NOT_FOUND") => 404,
            (_, "FLOWDOWN_NOT_COMPLETE" | "QUESTIONNAIRE_NOT_COMPLETE" | "CUSTOMER_NOT_READY_FOR_ENABLEMENT") => 412,
            ("RATE_LIMIT_EXCEEDED", _) => 429,
            (_, "ADDENDUM_NOT_SIGNED" | "INVALID_USER_IDENTITY_DATA") => 403,
            (_, "INTERNAL_SERVER_ERROR") => 500,
            (_, "PLANNED_MAINTENANCE") => 503,
            _ => 400,
        };
        Self { status, kind, code, message: message.into(), display: None, causes: Box::default() }
    }

    errors! {
        /// No operation has this path.
        not_found(path) = "INVALID_REQUEST" "NOT_FOUND" "{path} not found";
        /// The body isn't JSON.
        invalid_body(why) = "INVALID_REQUEST" "INVALID_BODY" "body could not be parsed as JSON: {why}";
        /// A header is missing or wrong.
        invalid_headers(name) = "INVALID_REQUEST" "INVALID_HEADERS" "the header {name} is missing or invalid";
        /// A field's value is refused. The text says what it must be.
        invalid_field(message) = "INVALID_REQUEST" "INVALID_FIELD" "{message}";
        /// Fields are missing. `names` are separated by commas.
        missing_fields(names) = "INVALID_REQUEST" "MISSING_FIELDS" "the following required fields are missing: {names}";
        /// Fields are unknown. `names` are separated by commas.
        unknown_fields(names) = "INVALID_REQUEST" "UNKNOWN_FIELDS"
            "the following fields are not recognized by this endpoint: {names}";
        /// The client id is known with another secret.
        invalid_api_keys() = "INVALID_INPUT" "INVALID_API_KEYS" "invalid client_id or secret provided";
        /// No Item has this access token.
        invalid_access_token() = "INVALID_INPUT" "INVALID_ACCESS_TOKEN" "could not find matching access token";
        /// The access token belongs to another environment.
        wrong_environment() = "INVALID_INPUT" "INVALID_ACCESS_TOKEN"
            "provided access token is for the wrong Plaid environment";
        /// The Item was removed.
        item_not_found() = "ITEM_ERROR" "ITEM_NOT_FOUND" "the Item can't be found: it was removed or never existed";
        /// The public token is unknown or was exchanged.
        invalid_public_token() = "INVALID_INPUT" "INVALID_PUBLIC_TOKEN" "could not find matching public token";
        /// The public token is too old.
        expired_public_token() = "INVALID_INPUT" "INVALID_PUBLIC_TOKEN"
            "provided public token is expired. Public tokens expire 30 minutes after creation";
        /// The Link token is unknown or has expired.
        invalid_link_token() = "INVALID_INPUT" "INVALID_LINK_TOKEN" "invalid link_token provided";
        /// The data is not there yet.
        product_not_ready() = "ITEM_ERROR" "PRODUCT_NOT_READY"
            "the requested product is not yet ready. Please provide a webhook or try the request again later";
        /// The Item was created without the product.
        product_not_enabled(product) = "ITEM_ERROR" "PRODUCT_NOT_ENABLED" "the Item was not set up for {product}";
        /// The user agreed to other products in Link.
        additional_consent_required(product) = "INVALID_INPUT" "ADDITIONAL_CONSENT_REQUIRED"
            "the user has not agreed to {product}; ask for it in Link's update mode, with additional_consented_products";
        /// The institution or its accounts don't have the product.
        products_not_supported(products) = "ITEM_ERROR" "PRODUCTS_NOT_SUPPORTED"
            "the following products are not supported by this Item: {products}";
        /// No account of the Item has the id.
        invalid_account_id() = "INVALID_INPUT" "INVALID_ACCOUNT_ID"
            "failed to find requested account ID for requested item";
        /// No institution has the id.
        invalid_institution() = "INVALID_INPUT" "INVALID_INSTITUTION" "invalid institution_id provided";
        /// A product does not exist, or can't be used here.
        invalid_product(names) = "INVALID_INPUT" "INVALID_PRODUCT"
            "client is not authorized to access the following products: [{names}]";
        /// The list of transactions has changed while pages of it were read.
        mutation_during_pagination() = "TRANSACTIONS_ERROR" "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"
            "Underlying transaction data changed since last page was fetched. Please restart pagination from last update.";
        /// The cursor belongs to another Item, or is none.
        foreign_cursor() = "INVALID_REQUEST" "INVALID_FIELD" "cursor not associated with access_token";
        /// No key for webhooks has the id.
        invalid_webhook_key() = "INVALID_INPUT" "INVALID_WEBHOOK_VERIFICATION_KEY_ID"
            "no key for the verification of webhooks has this key_id";
        /// The Item has no URL for webhooks.
        sandbox_webhook_invalid() = "SANDBOX_ERROR" "SANDBOX_WEBHOOK_INVALID" "the Item has no webhook to fire";
        /// The webhook belongs to a product that the Item does not have.
        sandbox_product_not_enabled() = "SANDBOX_ERROR" "SANDBOX_PRODUCT_NOT_ENABLED"
            "the Item does not have the product of this webhook";
        /// The code of a deposit is wrong.
        incorrect_deposit() = "INVALID_INPUT" "INCORRECT_DEPOSIT_VERIFICATION" "the code of the deposit is not correct";
        /// The code of a deposit was wrong too often.
        too_many_attempts() = "INVALID_INPUT" "TOO_MANY_VERIFICATION_ATTEMPTS"
            "the code of the deposit was wrong too often, so the account can't be verified any more";
        /// No account of the Item can be used for payments.
        no_auth_accounts() = "ITEM_ERROR" "NO_AUTH_ACCOUNTS" "no account of this Item can be used for payments";
        /// The user took back their permission.
        permission_revoked() = "ITEM_ERROR" "USER_PERMISSION_REVOKED" "the user revoked access to this Item";
        /// No user has the id.
        user_not_found() = "USER_ERROR" "USER_NOT_FOUND" "no user has this user_id";
        /// The text has not the form of a user's id.
        invalid_user_id() = "INVALID_INPUT" "INVALID_USER_ID" "user_id must be the id of a user";
        /// No user has the token.
        invalid_user_token() = "INVALID_INPUT" "INVALID_USER_TOKEN" "could not find matching user token";
    }

    /// The user has to log in again.
    pub fn login_required() -> Self {
        let error = Self::new(
            "ITEM_ERROR",
            "ITEM_LOGIN_REQUIRED",
            "the user's login at the bank no longer works, because their credentials or MFA have changed or the bank asks \
             them to do something. They can repair the Item in Link's update mode",
        );
        error.displayed("The login for this account has changed. Please log in again.")
    }

    /// Sets the text for users.
    #[must_use]
    pub fn displayed(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.display = Some(text.into());
        self
    }

    /// The body of a response with this error.
    pub fn body(&self, request_id: &str) -> Value {
        let mut body = self.in_webhook();
        if let Value::Object(body) = &mut body {
            body.remove("status");
            body.insert("request_id".to_owned(), request_id.into());
            if !self.causes.is_empty() {
                body.insert("causes".to_owned(), json!(self.causes));
            }
        }
        body
    }

    /// The error as an Item or a webhook contains it: with its status, without the id of a request.
    pub fn in_webhook(&self) -> Value {
        json!({
            "display_message": self.display,
            "documentation_url": self.documentation(),
            "error_code": self.code,
            "error_message": self.message,
            "error_type": self.kind,
            "status": self.status,
            "suggested_action": null,
        })
    }

    fn documentation(&self) -> String {
        let group = self.kind.strip_suffix("_ERROR").unwrap_or(&self.kind).to_lowercase().replace('_', "-");
        format!("https://plaid.com/docs/?ref=error#{group}-errors")
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.code, self.kind, self.message)
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use super::ApiError;
    use crate::json;

    #[test]
    fn the_body_has_plaids_seven_keys_in_order() {
        let body = json::compact(&ApiError::missing_fields("a, b").body("abcdefghijklmno"));
        let keys: Vec<&str> = body.split('"').filter(|text| text.ends_with(|c: char| c.is_alphabetic())).collect();
        assert!(body.starts_with(r#"{"display_message":null,"documentation_url":"https://plaid.com/docs/?ref=error#"#));
        assert!(keys.contains(&"suggested_action") && keys.contains(&"request_id") && !keys.contains(&"status"));
        assert!(body.contains("the following required fields are missing: a, b"));
    }

    #[test]
    fn the_status_follows_the_code() {
        assert_eq!(ApiError::not_found("/x").status, 404);
        assert_eq!(ApiError::new("RATE_LIMIT_EXCEEDED", "AUTH_LIMIT", "").status, 429);
        assert_eq!(ApiError::new("API_ERROR", "INTERNAL_SERVER_ERROR", "").status, 500);
        assert_eq!(ApiError::login_required().status, 400);
    }
}
