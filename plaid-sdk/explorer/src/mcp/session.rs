//! What the tools work with.

use std::sync::Arc;

use super::confirm::Confirmations;
use super::results::Results;
use super::text;
use crate::app::App;
use crate::handles::Caller;

/// How many bytes of a response are shown, if nothing else is set.
const SHOWN: usize = 20_000;

/// The longest error, which may repeat what a model sent.
const ERROR: usize = 8_000;

/// How tools behave.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Operations that change something are not called.
    pub read_only: bool,
    /// Personal data in responses is not shown.
    pub hide_personal: bool,
    /// How many bytes of a response are shown. The rest is a resource.
    pub response_bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { read_only: false, hide_personal: false, response_bytes: SHOWN }
    }
}

/// What is kept between calls.
#[derive(Default)]
pub struct Shared {
    /// Whole responses.
    pub results: Results,
    /// Open questions.
    pub confirmations: Confirmations,
}

/// A caller's view.
#[derive(Clone)]
pub struct Session {
    /// The explorer.
    pub app: App,
    /// How tools behave.
    pub settings: Settings,
    /// Who calls.
    pub caller: Caller,
    /// What is kept between calls.
    pub shared: Arc<Shared>,
}

/// What a tool answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What a model reads.
    pub text: String,
    /// The same as data, for programs.
    pub data: Option<serde_json::Value>,
    /// The whole response, if the text does not contain it.
    pub link: Option<Link>,
    /// Whether it is an error.
    pub is_error: bool,
}

/// A resource that an answer leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its address.
    pub uri: String,
    /// What it is.
    pub title: String,
    /// Its media type.
    pub media: String,
    /// Its length in bytes.
    pub bytes: usize,
}

impl Answer {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// An error, with what to do about it.
    pub fn error(text: impl AsRef<str>) -> Self {
        Self { text: text::short(text.as_ref(), ERROR), is_error: true, ..Self::default() }
    }
}

impl From<Result<String, String>> for Answer {
    fn from(result: Result<String, String>) -> Self {
        match result {
            Ok(text) => Self::text(text),
            Err(error) => Self::error(error),
        }
    }
}
