use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use super::*;

const TOKEN: &str = "access-sandbox-8ab976e6-64bc-4b38-98f7-731e7a349970";
const SECRET: &str = "c0ffee-1f1e2d3c4b5a";

fn secrets(body: &'static str) -> Secrets {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("plaid-client-id", "Client0123"),
        ("plaid-secret", SECRET),
        ("x-auth", "Bearer opaque.value~1"),
        ("x-flag", "true"),
    ] {
        let mut value = HeaderValue::from_static(value);
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    headers.insert("user-agent", HeaderValue::from_static("long-and-public-agent"));
    Secrets::of(&headers, &Bytes::from_static(body.as_bytes()))
}

/// Ways to write the same text.
fn written(text: &str) -> Vec<String> {
    let all = |escape: &dyn Fn(char) -> String| text.chars().map(escape).collect::<String>();
    let some = |escape: &dyn Fn(char) -> String| all(&|c| if c == '-' { escape(c) } else { c.to_string() });
    let mut written = vec![text.to_owned(), text.to_ascii_uppercase(), format!("\"{text}\""), format!("({text}).")];
    for dash in ["\u{2010}", "\u{2011}", "\u{2013}", "\u{2014}", "\u{2212}", "\u{ff0d}", "\u{ad}", "-\u{200b}"] {
        written.push(text.replace('-', dash));
    }
    written.push(some(&|_| "%2D".to_owned()));
    written.push(some(&|_| "%252d".to_owned()));
    written.push(some(&|_| "%E2%80%90".to_owned()));
    written.push(some(&|_| "\\u002d".to_owned()));
    written.push(some(&|_| "\\\\u002D".to_owned()));
    written.push(some(&|_| "\\u{2d}".to_owned()));
    written.push(some(&|_| "\\-".to_owned()));
    written.push(some(&|_| "&#45;".to_owned()));
    written.push(some(&|_| "&amp;#x2d;".to_owned()));
    written.push(all(&|c| format!("%{:02x}", u32::from(c))));
    written.push(all(&|c| format!("\\u{:04x}", u32::from(c))));
    written.push(all(&|c| format!("\\x{:02X}", u32::from(c))));
    written.push(all(&|c| char::from_u32(u32::from(c) + 0xfee0).unwrap().to_string()));
    written
}

#[test]
fn only_tokens_and_control_characters_are_replaced() {
    assert_eq!(
        text("the token \"access-sandbox-8ab9-97ee\" (link-production-1) is unknown, é"),
        "the token \"[redacted]\" ([redacted]) is unknown, é"
    );
    assert_eq!(text("a\r\nb\u{1b}[1m\u{202e}c"), "a  b [1m c");
    for plain in [
        "",
        "expected access-<environment>-<identifier>",
        "the sandbox-only route",
        "100 % of \\ and & and é – all of it",
        "the id 8ab976e6-64bc-4b38-98f7-731e7a349970 of a transfer",
        "basic authentication is not supported, nor is bearer authorization",
        "see https://plaid.com/docs/errors/#item?a=b@c or mail to a@b.c",
    ] {
        assert!(matches!(text(plain), Cow::Borrowed(_)), "{plain}");
    }
}

#[test]
fn what_looks_like_a_token_is_replaced() {
    let jwt = "eyJhbGciOiJFUzI1NiJ9.eyJpYXQiOjE1OTA4ODcwMDF9.OOKv-Iihg_q";
    for token in [
        TOKEN,
        "public-production-de3ce8ef-33f8-452c-a685-8671031fc0f6",
        "link-development-1",
        "processor-sandbox-0asd1-a92nc",
        "asset-8ab976e6-64bc-4b38-98f7-731e7a349970",
        "a-sandbox-3TAU2CWVYBDVRHUCAAAI27ULU4",
        "user_8ab976e6_64bc_4b38_98f7_731e7a349970",
        jwt,
    ] {
        for written in written(token).into_iter().filter(|_| token != jwt).chain([token.to_owned()]) {
            let shown = text(&format!("before {written} after")).into_owned();
            assert!(shown.starts_with("before ") && shown.ends_with(" after"), "{written}: {shown}");
            let around =
                shown.trim_start_matches("before ").trim_end_matches(" after").trim_matches(['"', '(', ')', '.']);
            assert_eq!(around, REDACTED, "{written}");
        }
    }
    for (printed, shown) in [
        ("got Authorization: Bearer abc123", "got Authorization: Bearer [redacted]"),
        ("got \"bearer\": \"abcdefghijklmnopqrstuvwxyz\"", "got \"bearer\": \"[redacted]\""),
        ("Basic NWYxZDFkMWQ6YzBmZmVl was sent", "Basic [redacted] was sent"),
        ("proxy http://user:pass@proxy:8080/x failed", "proxy http://[redacted]@proxy:8080/x failed"),
    ] {
        assert_eq!(text(printed), shown);
    }
}

#[test]
fn the_secrets_of_a_request_are_replaced_however_they_are_written() {
    let secrets = secrets(
        r#"{"options": {"user_tokens": ["opaque-user-7"]}, "public_token": "Aa-Bb_Cc-Dd", "count": "twelve-and-more"}"#,
    );
    for secret in [SECRET, "Client0123", "opaque.value~1", "opaque-user-7", "Aa-Bb_Cc-Dd"] {
        for written in written(secret) {
            let shown = secrets.text(&format!("before {written} after")).into_owned();
            assert!(shown.starts_with("before ") && shown.ends_with(" after"), "{written}: {shown}");
            assert!(
                shown.contains(REDACTED) && !shown.to_lowercase().contains(&secret.to_lowercase()),
                "{written}: {shown}"
            );
        }
        assert_eq!(secrets.text(&format!("x{secret}y")), "x[redacted]y", "within a word");
        assert_eq!(secrets.text(&secret.replace(['-', '_'], "")), REDACTED, "without dashes");
    }
    for plain in ["true", "twelve-and-more", "the long-and-public-agent", "Bearer of news"] {
        assert_eq!(secrets.text(plain), plain);
    }
    assert_eq!(secrets.text(&format!("{SECRET}{SECRET} {TOKEN}")), "[redacted][redacted] [redacted]");
}

#[test]
fn the_tokens_of_forms_are_replaced_and_short_credentials_only_as_words() {
    let secrets = secrets("grant_type=refresh_token&refresh_token=r%2Fefresh-12&client_secret=word");
    assert_eq!(secrets.text("r/efresh-12 and r%2Fefresh%2D12"), "[redacted] and [redacted]");
    assert_eq!(
        secrets.text("a word, words and swords, refresh_token"),
        "a [redacted], words and swords, refresh_token"
    );
}

#[test]
fn long_texts_are_cut_off_without_a_part_of_a_secret() {
    for before in (LONGEST - 60)..(LONGEST + 8) {
        let shown = text(&format!("{} {TOKEN} {}", "é".repeat(before / 2), "x".repeat(5_000_000 / 1000))).into_owned();
        assert!(shown.len() <= LONGEST + 16 && shown.ends_with('…') && !shown.contains("access"), "{}", shown.len());
    }
    assert_eq!(tokens(&"a\n".repeat(10)), "a\n".repeat(10));
    assert_eq!(tokens(&format!("a\n{TOKEN}")), "a [redacted]");
}

#[test]
fn a_word_is_visible_ascii_and_no_token() {
    let long = "x".repeat(LONGEST_WORD + 1);
    for plain in ["r1", "qs2Yq0Hps3L1bVp", "text/html", &long[1..]] {
        assert_eq!(word(plain), plain);
    }
    for other in ["", "a b", "a\nb", "é", "\u{1b}[1m", TOKEN, "a%2Dsandbox%2D1", &long] {
        assert_eq!(word(other), REDACTED, "{other}");
    }
    assert_eq!(secrets("").word(&format!("id-{SECRET}")), REDACTED);
}

#[test]
fn damaged_escapes_are_text() {
    for odd in [
        "%",
        "%2",
        "%zz",
        "%e2%80",
        "%ff%fe",
        "\\",
        "\\u",
        "\\u12",
        "\\u{",
        "\\u{}",
        "\\u{1234567}",
        "\\ud800",
        "\\x",
        "&",
        "&#",
        "&#;",
        "&#x;",
        "&#99999999999;",
        "&amp",
        "://",
        "://@",
        "a://b@",
        "\u{10ffff}",
    ] {
        for text in [odd.to_owned(), format!("a{odd}"), format!("{odd}b-sandbox-c"), odd.repeat(3)] {
            let _ = super::text(&text);
        }
    }
}
