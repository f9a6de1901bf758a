//! The form of a placeholder: that of the value, so that a client reads it as it reads the value.

use plaid_catalog::model::Sample;

/// The environments in tokens: `access-sandbox-` and a UUID.
const ENVIRONMENTS: [&str; 3] = ["-sandbox-", "-production-", "-development-"];

/// The placeholder of a value. `number` is another one for each value.
pub fn placeholder(name: &str, value: &Sample, number: usize) -> Sample {
    match value {
        Sample::Number(digits) => Sample::Number(numeric(digits, number)),
        Sample::Text(text) => Sample::Text(textual(name, text, number)),
        other => other.clone(),
    }
}

/// A number with as many digits after the point.
fn numeric(digits: &str, number: usize) -> String {
    match digits.split_once('.') {
        Some((_, fraction)) => format!("{number}.{}", "0".repeat(fraction.len())),
        None => number.to_string(),
    }
}

fn textual(name: &str, text: &str, number: usize) -> String {
    if let Some(head) = token_head(text) {
        return format!("{head}{}", uuid(number));
    }
    if is_uuid(text) {
        return uuid(number);
    }
    if is_date(text) {
        return date(number);
    }
    if text.get(..10).is_some_and(is_date) && text.as_bytes().get(10) == Some(&b'T') {
        return format!("{}T00:00:00Z", date(number));
    }
    let (plus, digits) = text.strip_prefix('+').map_or(("", text), |digits| ("+", digits));
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("{plus}{number:0width$}", width = digits.len());
    }
    if text.starts_with("https://") || text.starts_with("http://") {
        return format!("https://redacted.example.com/{number}");
    }
    if text.contains('@') {
        return format!("redacted-{number}@example.com");
    }
    let name = if name.is_empty() { "value" } else { name };
    format!("redacted-{name}-{number}")
}

/// What is before the UUID of a token: its kind and its environment.
fn token_head(text: &str) -> Option<&str> {
    let end = ENVIRONMENTS.iter().find_map(|environment| Some(text.find(environment)? + environment.len()))?;
    let head = text.get(..end)?;
    head.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-').then_some(head)
}

fn uuid(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012x}")
}

fn is_uuid(text: &str) -> bool {
    has_form(text, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh")
}

fn is_date(text: &str) -> bool {
    has_form(text, "dddd-dd-dd")
}

fn has_form(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(byte, wanted)| match wanted {
            b'h' => byte.is_ascii_hexdigit(),
            b'd' => byte.is_ascii_digit(),
            other => byte == other,
        })
}

/// A date for each number: 28 days in each month of the years 1900 to 1999.
fn date(number: usize) -> String {
    format!("19{:02}-{:02}-{:02}", number / 336 % 100, number / 28 % 12 + 1, number % 28 + 1)
}

#[cfg(test)]
mod tests {
    use super::{date, placeholder};
    use plaid_catalog::model::Sample;

    fn of(text: &str) -> String {
        match placeholder("owner", &Sample::Text(text.to_owned()), 7) {
            Sample::Text(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_placeholder_has_the_form_of_its_value() {
        let id = "4be8ce15-6f0a-4a0f-8c1e-6a7b0d1a2b3c";
        let none = "00000000-0000-4000-8000-000000000007";
        assert_eq!(of(&format!("access-sandbox-{id}")), format!("access-sandbox-{none}"));
        assert_eq!(of("assets-relay-production-1"), format!("assets-relay-production-{none}"));
        assert_eq!(of(id), none);
        assert_eq!(of("1980-12-31"), "1900-01-08");
        assert_eq!(of("1980-12-31T10:00:00Z"), "1900-01-08T00:00:00Z");
        assert_eq!(of("1111222233330000"), "0000000000000007");
        assert_eq!(of("+14155550123"), "+00000000007");
        assert_eq!(of("https://secure.plaid.com/hl/abc"), "https://redacted.example.com/7");
        assert_eq!(of("ann@example.org"), "redacted-7@example.com");
        assert_eq!(of("Ann Example"), "redacted-owner-7");
        assert_eq!(placeholder("n", &Sample::Number("12.50".to_owned()), 7), Sample::Number("7.00".to_owned()));
        assert_eq!(placeholder("n", &Sample::Number("-3".to_owned()), 7), Sample::Number("7".to_owned()));
        assert_eq!(date(336 * 3 + 28 + 2), "1903-02-03");
    }
}
