//! Handles: what pages and models see in place of credentials.
//!
//! A response may contain tokens, account numbers and URLs that grant access. [`Handles::hide`] replaces each by a handle such as
//! `handle:access_token:k3f9x2m8p4q7r1s5v6wt`, and [`Handles::resolve`] puts the value back into a request. A handle is random,
//! belongs to one caller, and expires when it is not used. The values are in memory only.

mod paths;
mod store;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, ResponseBody, Sample, Type};
use plaid_catalog::redact::{Class, replace_tokens};
use plaid_catalog::tools::json;

use self::store::Store;

/// A value that is at least as long is hidden wherever it appears, once it has a handle. Shorter ones are too common.
const ECHO_LENGTH: usize = 8;

/// What a personal value is replaced by, where personal values are not shown.
const HIDDEN: &str = "(hidden)";

/// Who has handles: a person at the pages, or a client of MCP. A caller sees its own handles only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Caller(Arc<str>);

impl Caller {
    /// A caller of this name.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }
}

/// How many values are kept, and how long.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The number of values. When there are more, those that were not used for the longest time go.
    pub values: usize,
    /// Their length in bytes, together.
    pub bytes: usize,
    /// How long a value is kept after it was last used.
    pub life: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { values: 20_000, bytes: 32 << 20, life: Duration::from_secs(24 * 60 * 60) }
    }
}

/// The values behind the handles. `Debug` shows none of them.
#[derive(Default)]
pub struct Handles {
    limits: Limits,
    store: Mutex<Store>,
}

/// A string in a request that is not a handle of the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Where it is, as a dotted path: `options.access_tokens[0]`.
    pub path: String,
    /// The handle.
    pub handle: String,
}

/// Why credentials could not be hidden. The body must not be shown then.
#[derive(Debug)]
pub enum HideError {
    /// The body is not JSON.
    NotJson(serde_json::Error),
    /// The system has no random numbers.
    NoRandom,
}

impl Handles {
    /// Without values.
    pub fn new(limits: Limits) -> Self {
        Self { limits, store: Mutex::default() }
    }

    /// The response of an operation with handles for its credentials. An error is a response, too. The order of properties and
    /// the digits of numbers stay.
    ///
    /// # Errors
    /// The system has no source of randomness. The response must not be shown then.
    pub fn hide(&self, caller: &Caller, operation: &Operation, body: &Sample) -> Result<Sample, HideError> {
        self.hide_as(caller, response_type(operation), body)
    }

    /// The same for JSON text.
    ///
    /// # Errors
    /// The text is not JSON, or the system has no source of randomness. It must not be shown then.
    pub fn hide_text(&self, caller: &Caller, operation: &Operation, body: &str) -> Result<String, HideError> {
        let body = json::parse(body).map_err(HideError::NotJson)?;
        Ok(json::json(&self.hide(caller, operation, &body)?))
    }

    /// A value of a type with handles for its credentials: the payload of a webhook, for instance. Without a type, values are
    /// known by the names of their properties and by the form of tokens.
    ///
    /// # Errors
    /// The system has no source of randomness. The value must not be shown then.
    pub fn hide_as(&self, caller: &Caller, ty: Option<&Type>, body: &Sample) -> Result<Sample, HideError> {
        let now = Instant::now();
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let mut failed = false;
        let mut handle = |name: &str, value: &Sample| {
            store.handle(&self.limits, now, caller, name, value).unwrap_or_else(|| {
                failed = true;
                HIDDEN.to_owned()
            })
        };
        // All credentials get their handles first, so that a value is also hidden in texts before it.
        let rewriter = Catalog::plaid().rewriter();
        let hidden = rewriter.rewrite(ty, body, &mut |class, name, leaf| match (class, leaf) {
            (Class::Credential, Sample::Text(text)) if text.is_empty() || is_handle(text) => None,
            (Class::Credential, Sample::Text(_) | Sample::Number(_)) => Some(Sample::Text(handle(name, leaf))),
            (_, Sample::Text(text)) => {
                let found = replace_tokens(text, &mut |kind, token| handle(kind, &Sample::Text(token.to_owned())));
                found.map(Sample::Text)
            }
            _ => None,
        });
        if failed {
            return Err(HideError::NoRandom);
        }
        Ok(rewriter.rewrite(None, &hidden, &mut |_, _, leaf| match leaf {
            Sample::Text(text) if text.len() >= ECHO_LENGTH => {
                store.known(&self.limits, now, caller, leaf).map(Sample::Text)
            }
            _ => None,
        }))
    }

    /// A request with the values of its handles.
    ///
    /// # Errors
    /// All strings that have the form of a handle and are not a handle of the caller.
    pub fn resolve(&self, caller: &Caller, body: &Sample) -> Result<Sample, Vec<Lost>> {
        let now = Instant::now();
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let mut lost = Vec::new();
        let resolved = paths::with_paths(body, &mut |path, text| {
            if !is_handle(text) {
                return None;
            }
            let value = store.value(&self.limits, now, caller, text);
            if value.is_none() {
                lost.push(Lost { path: path.to_owned(), handle: text.to_owned() });
            }
            value
        });
        if lost.is_empty() { Ok(resolved) } else { Err(lost) }
    }

    /// The value of a handle, to show it to a person who asks for it. Returns `None` if it is not a handle of the caller.
    pub fn reveal(&self, caller: &Caller, handle: &str) -> Option<String> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        match store.value(&self.limits, Instant::now(), caller, handle)? {
            Sample::Text(text) => Some(text),
            other => Some(json::json(&other)),
        }
    }
}

/// The response of an operation without the personal values in it.
pub fn without_personal(operation: &Operation, body: &Sample) -> Sample {
    let rewriter = Catalog::plaid().rewriter();
    rewriter.rewrite(response_type(operation), body, &mut |class, _, leaf| match leaf {
        Sample::Text(_) | Sample::Number(_) if class == Class::Personal => Some(Sample::Text(HIDDEN.to_owned())),
        _ => None,
    })
}

/// Whether a string has the form of a handle. Nothing that Plaid makes has it.
pub fn is_handle(text: &str) -> bool {
    let rest = text.strip_prefix(store::PREFIX);
    rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':')))
}

fn response_type(operation: &Operation) -> Option<&Type> {
    match &operation.response.body {
        ResponseBody::Json(ty) => Some(ty),
        ResponseBody::Binary(_) | ResponseBody::Empty => None,
    }
}

impl fmt::Debug for Handles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handles").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_empty() { "the value" } else { &self.path };
        write!(
            f,
            "`{place}` is not a handle that you have: it expired, it is misspelt, or another caller has it. Call the operation \
             that returned it again, and use the new handle"
        )
    }
}

impl fmt::Display for HideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(error) => write!(f, "the response is not JSON: {error}"),
            Self::NoRandom => f.write_str("the system has no source of randomness to hide credentials with"),
        }
    }
}

impl std::error::Error for HideError {}

#[cfg(test)]
mod tests;
