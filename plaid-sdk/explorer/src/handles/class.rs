//! What the values of properties are: credentials, personal, or neither.

use std::collections::HashMap;
use std::sync::OnceLock;

use plaid_catalog::Catalog;
use plaid_catalog::model::{Api, Field, Kind};

/// What a value is. A later one is stronger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Neither secret nor personal.
    #[default]
    Plain,
    /// About a person.
    Personal,
    /// Whoever has it can use it: a token, a secret, the number of an account, a URL that grants access.
    Credential,
}

/// The redacted properties that are credentials.
const CREDENTIALS: &[&str] = &[
    "access_token",
    "access_tokens",
    "account",
    "account_number",
    "asset_report_token",
    "audit_copy_token",
    "auth_token",
    "bic",
    "branch",
    "client_secret",
    "development",
    "download_url",
    "employment_report_token",
    "hosted_link_url",
    "iban",
    "institution",
    "link_correlation_id",
    "link_delivery_session_id",
    "link_delivery_url",
    "link_token",
    "new_access_token",
    "oauth_state_id",
    "onboarding_url",
    "override_password",
    "override_username",
    "payment_profile_token",
    "payment_reference_number",
    "payment_token",
    "plan",
    "processor_token",
    "production",
    "production_secret",
    "public_token",
    "public_tokens",
    "refresh_token",
    "relay_token",
    "report_tokens",
    "routing",
    "routing_number",
    "sandbox",
    "secret",
    "shareable_url",
    "sort_code",
    "state",
    "stripe_bank_account_token",
    "subject_token",
    "third_party_user_token",
    "token",
    "transactions_access_token",
    "transactions_access_tokens",
    "user_token",
    "wire_routing",
    "wire_routing_number",
];

impl Class {
    /// What the values of a field are.
    pub fn of(field: &Field) -> Self {
        if field.is_credential {
            Self::Credential
        } else if !field.redacted {
            Self::Plain
        } else if CREDENTIALS.contains(&field.wire.as_str()) {
            Self::Credential
        } else {
            Self::Personal
        }
    }

    /// What the values of a property are that the model lacks: what those of its name are, if all agree.
    pub fn of_unknown(name: &str) -> Self {
        static NAMES: OnceLock<HashMap<String, Class>> = OnceLock::new();
        let names = NAMES.get_or_init(|| by_name(Catalog::plaid().api()));
        names.get(name).copied().unwrap_or_default()
    }
}

fn by_name(api: &Api) -> HashMap<String, Class> {
    let mut names: HashMap<String, Class> = HashMap::new();
    for def in api.types.values() {
        let Kind::Struct(object) = &def.kind else { continue };
        for field in &object.fields {
            let class = Class::of(field);
            names.entry(field.wire.clone()).and_modify(|known| *known = class.min(*known)).or_insert(class);
        }
    }
    names
}
