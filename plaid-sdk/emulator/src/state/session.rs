//! A person's way through Link.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::error::ApiError;

/// A person's way through Link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// When it started.
    pub started: DateTime<Utc>,
    /// When it ended.
    pub finished: Option<DateTime<Utc>>,
    /// The events, newest first, as the response contains them.
    pub events: Vec<Value>,
    /// The public tokens that it made, each with the metadata of `onSuccess`.
    pub results: Vec<(String, Value)>,
    /// How it was left without a result, as `on_exit` contains it.
    pub exit: Option<Value>,
    /// What it waits for.
    #[serde(default, serialize_with = "without_login")]
    pub step: Step,
    /// The institution that was chosen.
    #[serde(default)]
    pub institution: Option<String>,
    /// The user name that was entered.
    #[serde(default)]
    pub username: String,
    /// The password that was entered. It is forgotten when the session ends, and it is in no export and in no state file.
    #[serde(skip)]
    pub password: String,
    /// What went wrong last, as the person sees it.
    #[serde(default)]
    pub error: Option<ApiError>,
    /// The last search for an institution.
    #[serde(default)]
    pub search: Option<String>,
    /// What the application gets back from a bank's own login page.
    #[serde(default)]
    pub oauth_state: Option<String>,
    /// What it gets back besides for payments, and until when that can be exchanged for the Link token.
    #[serde(default)]
    pub correlation: Option<(String, DateTime<Utc>)>,
}

/// What a session waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The choice of an institution.
    #[default]
    SelectInstitution,
    /// A user name and a password; at some institutions on a page of the bank's own.
    LogIn,
    /// The answers of a round of the bank's questions.
    Mfa(usize),
    /// The choice of accounts.
    SelectAccounts,
    /// The code of a deposit, which confirms the numbers of an account.
    Deposit,
    /// The steps of a verification, which the attempt has.
    Verify,
    /// Another institution, or the end, where a session can add several Items.
    Added,
    /// Nothing: it succeeded.
    Finished,
    /// Nothing: it was left.
    Left,
}

/// The step of a session in an export or a state file, which has no password: what comes after the login starts again with it.
fn without_login<S: Serializer>(step: &Step, serializer: S) -> Result<S::Ok, S::Error> {
    match step {
        Step::Mfa(_) | Step::SelectAccounts => Step::LogIn.serialize(serializer),
        step => step.serialize(serializer),
    }
}

impl Step {
    /// Its name in the controls.
    pub fn name(self) -> &'static str {
        match self {
            Self::SelectInstitution => "select_institution",
            Self::LogIn => "log_in",
            Self::Mfa(_) => "mfa",
            Self::SelectAccounts => "select_accounts",
            Self::Deposit => "deposit",
            Self::Verify => "verify",
            Self::Added => "added",
            Self::Finished => "finished",
            Self::Left => "left",
        }
    }
}

impl Session {
    /// A session that has just been started.
    pub fn new(id: String, started: DateTime<Utc>) -> Self {
        Self {
            id,
            started,
            finished: None,
            events: Vec::new(),
            results: Vec::new(),
            exit: None,
            step: Step::SelectInstitution,
            institution: None,
            username: String::new(),
            password: String::new(),
            error: None,
            search: None,
            oauth_state: None,
            correlation: None,
        }
    }

    /// Ends it. What was entered is forgotten.
    pub fn end(&mut self, at: DateTime<Utc>, step: Step) {
        self.finished = Some(at);
        self.step = step;
        self.password.clear();
        self.error = None;
    }
}
