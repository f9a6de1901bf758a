//! Ways in which a server can repeat a secret.

/// The same text in other encodings. Each can be part of a JSON string.
pub(crate) fn written(text: &str) -> Vec<String> {
    let all = |escape: &dyn Fn(char) -> String| text.chars().map(escape).collect::<String>();
    let mut written = vec![text.to_owned(), text.to_ascii_uppercase()];
    for dash in ["\u{2010}", "\u{2013}", "\u{2212}", "\u{ff0d}", "%2D", "%252d", "%E2%80%93", "&#45;", "&#x2d;"] {
        written.push(text.replace('-', dash));
    }
    // In JSON, the first is a plain dash and the second is an escape.
    written.push(text.replace('-', "\\u002d"));
    written.push(text.replace('-', "\\\\u002d"));
    written.push(all(&|c| format!("%{:02X}", u32::from(c))));
    written.push(all(&|c| format!("\\u{:04x}", u32::from(c))));
    written
}

/// Fails if a text contains one of the secrets, in one of these encodings or without its dashes.
#[track_caller]
pub(crate) fn check(printed: &str, secrets: &[&str]) {
    let plain = |text: &str| text.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "");
    for secret in secrets {
        for written in written(secret) {
            assert!(!printed.contains(&written), "{written} in {printed}");
        }
        assert!(!plain(printed).contains(&plain(secret)), "{secret} in {printed}");
    }
}
