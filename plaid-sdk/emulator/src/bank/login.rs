//! Logins of the Sandbox.

use super::{custom, mfa};
use crate::data::institutions::{Health, Institution};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::Persona;

/// A user name and a password.
#[derive(Clone, Copy, Debug)]
pub struct Login<'a> {
    /// The user name.
    pub username: &'a str,
    /// The password.
    pub password: &'a str,
}

/// The error types of the codes that a password `error_<CODE>` can provoke.
const CODES: [(&str, &[&str]); 6] = [
    (
        "ITEM_ERROR",
        &[
            "INVALID_CREDENTIALS",
            "INVALID_MFA",
            "INVALID_SEND_METHOD",
            "INVALID_UPDATED_USERNAME",
            "ITEM_LOCKED",
            "ITEM_LOGIN_REQUIRED",
            "ITEM_NOT_SUPPORTED",
            "MFA_NOT_SUPPORTED",
            "NO_ACCOUNTS",
            "PASSWORD_RESET_REQUIRED",
            "PRODUCTS_NOT_SUPPORTED",
            "USER_INPUT_TIMEOUT",
            "USER_SETUP_REQUIRED",
        ],
    ),
    (
        "INSTITUTION_ERROR",
        &[
            "INSTITUTION_DOWN",
            "INSTITUTION_NO_LONGER_SUPPORTED",
            "INSTITUTION_NOT_AVAILABLE",
            "INSTITUTION_NOT_ENABLED_IN_ENVIRONMENT",
            "INSTITUTION_NOT_RESPONDING",
            "INSTITUTION_REGISTRATION_REQUIRED",
            "UNAUTHORIZED_INSTITUTION",
            "UNSUPPORTED_RESPONSE",
        ],
    ),
    ("API_ERROR", &["INTERNAL_SERVER_ERROR", "PLAID_ERROR", "PLANNED_MAINTENANCE"]),
    ("INVALID_INPUT", &["COUNTRY_NOT_SUPPORTED", "INVALID_LINK_TOKEN"]),
    (
        "PAYMENT_ERROR",
        &[
            "PAYMENT_BLOCKED",
            "PAYMENT_CANCELLED",
            "PAYMENT_CONSENT_CANCELLED",
            "PAYMENT_CONSENT_INVALID_CONSTRAINTS",
            "PAYMENT_INSUFFICIENT_FUNDS",
            "PAYMENT_INVALID_RECIPIENT",
            "PAYMENT_INVALID_REFERENCE",
            "PAYMENT_INVALID_SCHEDULE",
            "PAYMENT_REJECTED",
            "PAYMENT_SCHEME_NOT_SUPPORTED",
        ],
    ),
    ("RECAPTCHA_ERROR", &["RECAPTCHA_BAD", "RECAPTCHA_REQUIRED"]),
];

impl Login<'_> {
    /// Logs in at an institution.
    ///
    /// # Errors
    /// The error that the institution, the password `error_<CODE>`, or wrong credentials give.
    pub fn at(&self, institution: &Institution) -> Result<Persona, ApiError> {
        match institution.health {
            Health::Down => return Err(failure("INSTITUTION_DOWN")),
            Health::Unsupported => return Err(failure("INSTITUTION_NO_LONGER_SUPPORTED")),
            Health::Healthy | Health::Degraded => {}
        }
        if let Some(code) = self.password.strip_prefix("error_") {
            return Err(failure(code));
        }
        if custom::character(self.username).is_some() && !self.password.trim().is_empty() {
            return Ok(Persona::Custom);
        }
        match self.username {
            username if custom::is_custom(username) => {
                let config = custom::read(self.password)?;
                let config = Fields(&config.0);
                match (config.text("force_error"), config.text("recaptcha")) {
                    (Some(code), _) => Err(failure(code)),
                    (None, Some("bad")) => Err(failure("RECAPTCHA_BAD")),
                    _ => Ok(Persona::Custom),
                }
            }
            "user_transactions_dynamic" if institution.oauth => Err(failure("INVALID_CREDENTIALS")),
            "user_transactions_dynamic" if !self.password.trim().is_empty() => Ok(Persona::Dynamic),
            // At an OAuth institution, the bank's own page accepts anybody.
            "user_good" if self.password == "pass_good" || institution.oauth => Ok(Persona::Good),
            // The password says what the bank asks besides. Link asks it; without Link nobody does.
            "user_good" if mfa::Plan::of_password(self.password).is_some() => Ok(Persona::Good),
            _ => Err(failure("INVALID_CREDENTIALS")),
        }
    }
}

/// The error of a code, in a few words of ours. An unknown code counts as one of the Item.
fn failure(code: &str) -> ApiError {
    let kind = CODES.iter().find(|(_, codes)| codes.contains(&code)).map_or("ITEM_ERROR", |(kind, _)| kind);
    let (message, display) = match code {
        "INVALID_CREDENTIALS" => {
            ("the provided credentials were not correct", Some("The credentials were not correct. Please try again."))
        }
        "ITEM_LOCKED" => ("the account is locked", Some("The account is locked. Please unlock it at the bank.")),
        "ITEM_LOGIN_REQUIRED" => return ApiError::login_required(),
        "INSTITUTION_DOWN" => ("this institution is not currently responding", Some("The bank is not responding.")),
        "NO_ACCOUNTS" => ("no valid accounts were found for this item", Some("No compatible accounts were found.")),
        _ => ("the login at the institution failed", None),
    };
    let error = ApiError::new(kind, code.to_owned(), message);
    match display {
        Some(text) => error.displayed(text),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::Login;
    use crate::data::institutions::all;
    use crate::state::Persona;

    fn log_in(institution: &str, username: &str, password: &str) -> Result<Persona, String> {
        let all = all();
        let institution = all.iter().find(|one| one.id == institution).expect("a known institution");
        Login { username, password }.at(institution).map_err(|error| format!("{}/{}", error.kind, error.code))
    }

    #[test]
    fn good_users_log_in_and_others_do_not() {
        assert_eq!(log_in("ins_109508", "user_good", "pass_good"), Ok(Persona::Good));
        assert_eq!(log_in("ins_109508", "user_transactions_dynamic", "x"), Ok(Persona::Dynamic));
        for (username, password) in [("user_good", "x"), ("nobody", "pass_good"), ("user_transactions_dynamic", " ")] {
            let result = log_in("ins_109508", username, password);
            assert_eq!(result, Err("ITEM_ERROR/INVALID_CREDENTIALS".to_owned()), "{username}");
        }
        assert!(log_in("ins_127287", "user_transactions_dynamic", "x").is_err(), "not at an OAuth institution");
    }

    #[test]
    fn passwords_and_institutions_provoke_errors() {
        let provoked = |password| log_in("ins_109508", "user_good", password).expect_err("an error");
        assert_eq!(provoked("error_ITEM_LOCKED"), "ITEM_ERROR/ITEM_LOCKED");
        assert_eq!(provoked("error_INSTITUTION_NOT_RESPONDING"), "INSTITUTION_ERROR/INSTITUTION_NOT_RESPONDING");
        let down = log_in("ins_132361", "user_good", "pass_good");
        assert_eq!(down, Err("INSTITUTION_ERROR/INSTITUTION_DOWN".to_owned()));
        assert!(log_in("ins_133402", "user_good", "pass_good").is_err());
    }
}
