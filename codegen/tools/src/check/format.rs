//! The formats of strings that are checked.

use std::net::{Ipv4Addr, Ipv6Addr};

/// A format that a document names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Email,
    /// An address with a scheme.
    Uri,
    Uuid,
    Ipv4,
    Ipv6,
}

impl Format {
    /// The format of this name, with the name. Others only describe a value, and are not checked.
    pub(super) fn of(name: &str) -> Option<(Self, &'static str)> {
        Some(match name {
            "email" => (Self::Email, "email"),
            "uri" => (Self::Uri, "uri"),
            "url" => (Self::Uri, "url"),
            "uuid" => (Self::Uuid, "uuid"),
            "ipv4" => (Self::Ipv4, "ipv4"),
            "ipv6" => (Self::Ipv6, "ipv6"),
            _ => return None,
        })
    }

    /// Whether a text has this format.
    pub(super) fn fits(self, text: &str) -> bool {
        let is_visible = |text: &str| !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control());
        match self {
            Self::Email => {
                is_visible(text)
                    && text.rsplit_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty())
            }
            Self::Uri => {
                is_visible(text)
                    && text.split_once(':').is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.is_empty())
            }
            Self::Uuid => is_uuid(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
        }
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

/// Whether a text is a decimal number without an exponent, as amounts in strings are written.
pub(super) fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(fraction)
}

#[cfg(test)]
mod tests {
    use super::{Format, is_decimal};

    #[test]
    fn formats_and_decimals() {
        let fits = |name: &str, text: &str| Format::of(name).is_some_and(|(format, _)| format.fits(text));
        assert!(
            fits("email", "a@example.com") && !fits("email", "a@") && !fits("email", "a b@c") && !fits("email", "a")
        );
        assert!(
            fits("uri", "https://example.com")
                && fits("url", "app+x:y")
                && !fits("uri", "/path")
                && !fits("uri", "1a:b")
        );
        assert!(
            fits("uuid", "123e4567-e89b-12d3-a456-426614174000") && !fits("uuid", "123e4567e89b12d3a456426614174000")
        );
        assert!(
            fits("ipv4", "127.0.0.1")
                && !fits("ipv4", "127.0.0.256")
                && fits("ipv6", "::1")
                && !fits("ipv6", "127.0.0.1")
        );
        assert_eq!(Format::of("cognito_id"), None);
        for text in ["0", "-12.50", "100000000000000000000.01"] {
            assert!(is_decimal(text), "{text}");
        }
        for text in ["", "-", ".5", "5.", "1e3", "+1", "1,000", " 1"] {
            assert!(!is_decimal(text), "{text}");
        }
    }
}
