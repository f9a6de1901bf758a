//! What can be done about an error: the table of `spec/errors.yaml`, as the generator writes it, and its vocabulary.

use http::StatusCode;

use crate::generated::ErrorCode;

/// What helps against an error, by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Recovery {
    /// The request has to change: a value is missing, wrong or not allowed.
    ChangeRequest,
    /// Something has to be set up or granted first: in Plaid's dashboard, by Plaid, or where the Item is linked.
    ChangeSetup,
    /// The user has to do something: log in again, choose another account, visit the bank's site.
    AskUser,
    /// The user has to go through Link's update mode. The access token stays the same.
    UpdateMode,
    /// What the request refers to, or started, has ended: a token, a consent, an Item, a transaction. Create a new one, or
    /// forget it.
    StartOver,
    /// The calls that belong together have to be repeated, from the first one.
    Restart,
    /// Plaid is still preparing the data. Request it again in a few seconds, or wait for the webhook.
    WaitForData,
    /// The same request may succeed in a moment.
    TryAgain,
    /// The same request may succeed in some hours.
    TryLater,
    /// Nothing helps.
    GiveUp,
}

/// When a failed request may be retried, with the same body and the same idempotency key.
///
/// The client follows this by itself, within the limits of its [`RetryPolicy`](crate::retry::RetryPolicy), where the operation is
/// [idempotent](crate::call::Operation::idempotency). It retries after [`Soon`](Self::Soon) and
/// [`AfterWindow`](Self::AfterWindow), after [`AfterMaintenance`](Self::AfterMaintenance) only if the response has a
/// `Retry-After` header, and after nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// Never: it would fail again.
    Never,
    /// In a moment, with exponential backoff.
    Soon,
    /// After the window of the rate limit. Most of Plaid's limits count the requests of a minute.
    AfterWindow,
    /// When Plaid's maintenance is over.
    AfterMaintenance,
    /// In some hours.
    Later,
    /// When the data is ready: in some seconds or minutes, or after the product's webhook.
    WhenReady,
    /// Together with the calls that belong to it, from the first one. [`Call::update`](crate::call::Call::update) does
    /// that.
    Restart,
    /// Only as a new request, with a new idempotency key: under the old key, the failure is final.
    WithNewKey,
}

impl Retry {
    /// Whether the same request may succeed at some time.
    pub(crate) const fn may_succeed(self) -> bool {
        !matches!(self, Self::Never | Self::WithNewKey)
    }
}

/// What can be done about an error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Remedy {
    pub(crate) recovery: Recovery,
    pub(crate) retry: Retry,
}

impl Remedy {
    /// By code, or else by error type.
    pub(crate) fn find(code: Option<&ErrorCode>, error_type: Option<&str>) -> Option<Self> {
        let by_code = code.and_then(ErrorCode::facts).map(|facts| facts.remedy);
        by_code.or_else(|| ErrorCode::remedy_of_type(error_type?))
    }

    /// By HTTP status, for a response whose body decides nothing.
    pub(crate) fn of_status(status: StatusCode) -> Option<Self> {
        ErrorCode::remedy_of_status(status.as_u16())
    }
}

/// What is known about a listed code.
pub(crate) struct Facts {
    pub(crate) types: &'static [&'static str],
    pub(crate) remedy: Remedy,
    pub(crate) advice: &'static str,
}

impl ErrorCode {
    /// What helps, if the code is listed.
    ///
    /// ```
    /// use plaid_sdk::error::{ErrorCode, Recovery};
    ///
    /// assert_eq!(ErrorCode::ItemLoginRequired.recovery(), Some(Recovery::UpdateMode));
    /// assert_eq!(ErrorCode::from("CODE_OF_TOMORROW").recovery(), None);
    /// ```
    pub fn recovery(&self) -> Option<Recovery> {
        self.facts().map(|facts| facts.remedy.recovery)
    }

    /// When the same request may be retried, if the code is listed. It never contradicts
    /// [`recovery`](Self::recovery) and [`advice`](Self::advice).
    ///
    /// ```
    /// use plaid_sdk::error::{ErrorCode, Retry};
    ///
    /// assert_eq!(ErrorCode::InternalServerError.retry(), Some(Retry::Soon));
    /// assert_eq!(ErrorCode::InstitutionRateLimit.retry(), Some(Retry::Later));
    /// assert_eq!(ErrorCode::TransactionExecutionFailed.retry(), Some(Retry::WithNewKey));
    /// ```
    pub fn retry(&self) -> Option<Retry> {
        self.facts().map(|facts| facts.remedy.retry)
    }

    /// What to do about it, in a sentence or two for developers, if the code is listed.
    pub fn advice(&self) -> Option<&'static str> {
        self.facts().map(|facts| facts.advice)
    }

    /// The error types that the code comes with; none for OAuth's codes and for codes that are not listed.
    pub fn error_types(&self) -> &'static [&'static str] {
        self.facts().map_or(&[], |facts| facts.types)
    }

    /// Every listed code, shorter ones first.
    pub fn listed() -> &'static [Self] {
        <Self as crate::runtime::wire::OpenEnum>::VARIANTS.listed
    }
}

/// Defines the enum by a table. A row is
/// - `code`, then its variant, text, error types, recovery, retry and advice, sorted by the length of the text, then by the
///   text;
/// - `type`, an error type, recovery and retry;
/// - `status`, an HTTP status, recovery and retry.
macro_rules! error_codes {
    (
        $(code $variant:ident $text:literal [$($of:literal)*] $recovery:ident $retry:ident $advice:literal;)*
        $(type $type:literal $type_recovery:ident $type_retry:ident;)*
        $(status $status:literal $status_recovery:ident $status_retry:ident;)*
    ) => {
        /// What went wrong, as Plaid names it: the codes of [Plaid's reference](https://plaid.com/docs/errors/), and any
        /// other code with its text. Plaid adds codes at any time.
        #[derive(Clone, Debug, PartialEq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $(
                #[doc = concat!("`", $text, "`. ", $advice)]
                $variant,
            )*
            /// A code that this version of the SDK does not list.
            Unknown($crate::runtime::wire::Unknown),
        }

        $crate::runtime::wire::open_enum! { ErrorCode; $($variant $text;)* }

        impl ErrorCode {
            pub(crate) fn facts(&self) -> Option<&'static $crate::runtime::error_code::Facts> {
                Some(match self {
                    $(Self::$variant => &$crate::runtime::error_code::Facts {
                        types: &[$($of),*],
                        remedy: $crate::runtime::error_code::remedy!($recovery $retry),
                        advice: $advice,
                    },)*
                    Self::Unknown(_) => return None,
                })
            }

            pub(crate) fn remedy_of_type(error_type: &str) -> Option<$crate::runtime::error_code::Remedy> {
                match error_type {
                    $($type => Some($crate::runtime::error_code::remedy!($type_recovery $type_retry)),)*
                    _ => None,
                }
            }

            pub(crate) const fn remedy_of_status(status: u16) -> Option<$crate::runtime::error_code::Remedy> {
                match status {
                    $($status => Some($crate::runtime::error_code::remedy!($status_recovery $status_retry)),)*
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use error_codes;

macro_rules! remedy {
    ($recovery:ident $retry:ident) => {
        $crate::runtime::error_code::Remedy {
            recovery: $crate::runtime::error_code::Recovery::$recovery,
            retry: $crate::runtime::error_code::Retry::$retry,
        }
    };
}
pub(crate) use remedy;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_come_back() {
        assert!(ErrorCode::listed().is_sorted_by_key(|code| (code.as_str().len(), code.as_str())));
        for code in ErrorCode::listed() {
            assert_eq!(&ErrorCode::from(code.as_str()), code);
            assert!(code.advice().unwrap().ends_with('.') && code.recovery().is_some(), "{code}");
        }
        assert!(ErrorCode::listed().len() >= 165);
    }

    #[test]
    fn an_unknown_code_keeps_its_text() {
        let code = ErrorCode::from("CODE_OF_TOMORROW");
        assert_eq!((code.as_str(), code.advice(), code.error_types()), ("CODE_OF_TOMORROW", None, &[][..]));
        assert_eq!((code.recovery(), code.retry()), (None, None));
        assert_eq!(ErrorCode::ProductNotReady.error_types().len(), 4);
    }

    #[test]
    fn recovery_and_advice_agree_with_the_retry() {
        for code in ErrorCode::listed() {
            let (recovery, retry) = (code.recovery().unwrap(), code.retry().unwrap());
            let agree = match recovery {
                Recovery::TryAgain => matches!(retry, Retry::Soon | Retry::AfterWindow),
                Recovery::TryLater => matches!(retry, Retry::Later | Retry::AfterMaintenance),
                Recovery::WaitForData => retry == Retry::WhenReady,
                Recovery::Restart => retry == Retry::Restart,
                Recovery::StartOver => matches!(retry, Retry::Never | Retry::WithNewKey),
                Recovery::ChangeRequest
                | Recovery::ChangeSetup
                | Recovery::AskUser
                | Recovery::UpdateMode
                | Recovery::GiveUp => retry == Retry::Never,
            };
            assert!(agree, "{code}: {recovery:?} and {retry:?}");
            // The words of the advice that promise or rule out a retry.
            let advice = code.advice().unwrap();
            for (words, allowed) in [
                ("Retry in a few hours", &[Retry::Later][..]),
                ("Retry in a few seconds", &[Retry::WhenReady]),
                ("Retry in a moment", &[Retry::Soon]),
                ("Retry with backoff", &[Retry::Soon]),
                ("Retry when", &[Retry::AfterMaintenance]),
                ("Too many requests", &[Retry::AfterWindow]),
                ("Retrying does not help", &[Retry::Never]),
                ("Don't retry", &[Retry::Never]),
                ("new idempotency key", &[Retry::WithNewKey]),
            ] {
                assert!(!advice.contains(words) || allowed.contains(&retry), "{code}: {advice} {retry:?}");
            }
            let limit = code.error_types().contains(&"RATE_LIMIT_EXCEEDED");
            assert!(retry != Retry::AfterWindow || limit, "{code}");
        }
    }
}
