//! The form of tokens, for texts of which the model does not say that they contain one.

/// The environments in tokens: `access-sandbox-` and a UUID.
const ENVIRONMENTS: [&str; 3] = ["-sandbox-", "-production-", "-development-"];

/// The fewest characters after the environment.
const LEAST: usize = 16;

/// The text with its tokens replaced: the whole text may be one, or it may mention some. `with` gets the kind (`access_token`)
/// and the token. Returns `None` without a token.
pub fn replace_tokens(text: &str, with: &mut dyn FnMut(&str, &str) -> String) -> Option<String> {
    let mut replaced: Option<String> = None;
    let mut rest = text;
    while let Some((before, kind, token, after)) = next(rest) {
        let all = replaced.get_or_insert_default();
        all.push_str(before);
        all.push_str(&with(&kind, token));
        rest = after;
    }
    let mut all = replaced?;
    all.push_str(rest);
    Some(all)
}

/// The first token: what is before it, its kind, itself, and what is after it.
fn next(text: &str) -> Option<(&str, String, &str, &str)> {
    by_environment(text).into_iter().chain(web_token(text)).min_by_key(|(before, ..)| before.len())
}

fn by_environment(text: &str) -> Option<(&str, String, &str, &str)> {
    let mut from = 0;
    loop {
        let (at, environment) = ENVIRONMENTS
            .iter()
            .filter_map(|one| Some((from + text.get(from..)?.find(one)?, *one)))
            .min_by_key(|(at, _)| *at)?;
        let is_kind = |c: char| c.is_ascii_lowercase() || c == '-';
        let head = text.get(..at)?;
        let start = head.trim_end_matches(is_kind).len();
        let tail_at = at + environment.len();
        let tail = text.get(tail_at..)?;
        let is_rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let length = tail.len() - tail.trim_start_matches(is_rest).len();
        let kind = text.get(start..at)?.trim_start_matches('-');
        if !kind.is_empty() && length >= LEAST {
            let start = at - kind.len();
            let end = tail_at + length;
            let kind = format!("{}_token", kind.replace('-', "_"));
            return Some((text.get(..start)?, kind, text.get(start..end)?, text.get(end..)?));
        }
        from = tail_at;
    }
}

/// A JSON Web Token: three parts of Base64, of which the first begins an object.
fn web_token(text: &str) -> Option<(&str, String, &str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let start = text.find("eyJ")?;
    let tail = text.get(start..)?;
    let token = tail.get(..tail.len() - tail.trim_start_matches(is_part).len())?.trim_end_matches('.');
    let is_token = token.split('.').count() == 3 && token.split('.').all(|part| part.len() >= LEAST);
    let after = text.get(start + token.len()..)?;
    is_token.then(|| (text.get(..start).unwrap_or_default(), "token".to_owned(), token, after))
}

#[cfg(test)]
mod tests {
    use super::replace_tokens;

    fn replaced(text: &str) -> Option<String> {
        replace_tokens(text, &mut |kind, token| format!("<{kind} {}>", token.len()))
    }

    #[test]
    fn tokens_are_found_alone_and_in_texts() {
        let uuid = "4be8ce15-6f0a-4a0f-8c1e-6a7b0d1a2b3c";
        assert_eq!(replaced(&format!("access-sandbox-{uuid}")).as_deref(), Some("<access_token 51>"));
        let text = format!("no Item has access-production-{uuid}, or link-sandbox-{uuid}.");
        assert_eq!(replaced(&text).as_deref(), Some("no Item has <access_token 54>, or <link_token 49>."));
        let url = format!("https://secure.plaid.com/hl?token=assets-relay-sandbox-{uuid}&x=1");
        assert_eq!(replaced(&url).as_deref(), Some("https://secure.plaid.com/hl?token=<assets_relay_token 57>&x=1"));
        let web = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0aaaa.c2lnbmF0dXJlMTIzNDU2Nzg";
        assert_eq!(
            replaced(&format!("Bearer {web}.")).as_deref(),
            Some(format!("Bearer <token {}>.", web.len()).as_str())
        );
    }

    #[test]
    fn other_texts_stay() {
        for text in [
            "",
            "sandbox",
            "my-sandbox-app",
            "https://cdn-sandbox-1.plaid.com/logo",
            "é-sandbox-é",
            "eyJ",
            "-sandbox--sandbox-",
        ] {
            assert_eq!(replaced(text), None, "{text}");
        }
    }
}
