//! The codes of Plaid's errors, and what helps against each.

use crate::ErrorCode;

/// What helps against an error, by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Recovery {
    /// The request has to change: a value is missing, wrong or not allowed.
    ChangeRequest,
    /// Something has to be set up or granted first: on Plaid's dashboard, by Plaid, or where the Item is linked.
    ChangeSetup,
    /// The user has to do something: log in properly, choose another account, visit the bank's site.
    AskUser,
    /// The user has to go through Link's update mode. The access token stays as it is.
    UpdateMode,
    /// What the request names has ended: a token, a consent, an Item. Begin anew, or forget it.
    StartOver,
    /// The calls that belong together have to be made again, from the first of them.
    Restart,
    /// What is asked for is still being made. Ask again in some seconds, or wait for the webhook.
    WaitForData,
    /// The same call may go well in a moment.
    TryAgain,
    /// The same call may go well in some hours.
    TryLater,
    /// Nothing: it can't be had.
    GiveUp,
}

/// What is known of a listed code.
pub(crate) struct Facts {
    pub(crate) types: &'static [&'static str],
    pub(crate) recovery: Recovery,
    pub(crate) advice: &'static str,
}

impl ErrorCode {
    /// What helps, if the code is listed.
    ///
    /// ```
    /// use plaid_sdk::{ErrorCode, Recovery};
    ///
    /// assert_eq!(ErrorCode::ItemLoginRequired.recovery(), Some(Recovery::UpdateMode));
    /// assert_eq!(ErrorCode::from("CODE_OF_TOMORROW").recovery(), None);
    /// ```
    pub fn recovery(&self) -> Option<Recovery> {
        self.facts().map(|facts| facts.recovery)
    }

    /// What to do about it, in a sentence or two for developers, if the code is listed.
    pub fn advice(&self) -> Option<&'static str> {
        self.facts().map(|facts| facts.advice)
    }

    /// The error types that it is known to come with; none for OAuth's own codes, and for codes that are not listed.
    pub fn error_types(&self) -> &'static [&'static str] {
        self.facts().map_or(&[], |facts| facts.types)
    }

    /// Every listed code, shorter ones first.
    pub fn listed() -> &'static [Self] {
        <Self as crate::wire::OpenEnum>::VARIANTS.listed
    }
}

/// Writes the enum out of a table: for each code its variant, text, types, recovery and advice, sorted by the length of the
/// text, then by the text.
macro_rules! error_codes {
    ($($variant:ident $text:literal [$($type:literal)*] $recovery:ident $advice:literal;)*) => {
        /// What went wrong, as Plaid names it: the codes of [Plaid's reference](https://plaid.com/docs/errors/), and any
        /// other as it came. New ones are added all the time.
        #[derive(Clone, Debug, PartialEq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $(
                #[doc = concat!("`", $text, "`. ", $advice)]
                $variant,
            )*
            /// A code that this version of the SDK does not list, as it came.
            Unknown($crate::wire::Unknown),
        }

        $crate::wire::open_enum! { ErrorCode; $($variant $text;)* }

        impl ErrorCode {
            pub(crate) fn facts(&self) -> Option<&'static $crate::error_code::Facts> {
                Some(match self {
                    $(Self::$variant => &$crate::error_code::Facts {
                        types: &[$($type),*],
                        recovery: $crate::error_code::Recovery::$recovery,
                        advice: $advice,
                    },)*
                    Self::Unknown(_) => return None,
                })
            }
        }
    };
}
pub(crate) use error_codes;

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
        assert_eq!(ErrorCode::ProductNotReady.error_types().len(), 4);
    }
}
