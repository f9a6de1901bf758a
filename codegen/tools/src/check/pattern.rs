//! Patterns of documents (ECMA-262) as regular expressions of the crate `regex`, whose time is linear in the text.

use regex::Regex;

/// Reads a pattern. Returns `None` for what `regex` can't do: look-around, back-references.
pub(super) fn read(pattern: &str) -> Option<Regex> {
    Regex::new(&translate(pattern)).ok()
}

/// Writes classes as JavaScript means them: `\d`, `\w` and `\s` are ASCII except for spaces, and a `[` in a class is a
/// character.
fn translate(pattern: &str) -> String {
    let mut done = String::with_capacity(pattern.len());
    let mut is_class = false;
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('d') => done.push_str("[0-9]"),
                Some('D') => done.push_str("[^0-9]"),
                Some('w') => done.push_str("[0-9A-Za-z_]"),
                Some('W') => done.push_str("[^0-9A-Za-z_]"),
                Some(other) => {
                    done.push('\\');
                    done.push(other);
                }
                None => done.push('\\'),
            },
            '[' if is_class => done.push_str("\\["),
            '&' | '~' if is_class => {
                done.push('\\');
                done.push(c);
            }
            _ => {
                is_class = c == '[' || (is_class && c != ']');
                done.push(c);
            }
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn patterns_mean_what_they_mean_in_javascript() {
        let matches = |pattern: &str, text: &str| read(pattern).is_some_and(|pattern| pattern.is_match(text));
        assert!(matches(r"^$|^[A-Za-z0-9]{2,4}$", "") && matches(r"^$|^[A-Za-z0-9]{2,4}$", "AB1"));
        assert!(!matches(r"^$|^[A-Za-z0-9]{2,4}$", "A") && !matches(r"^$|^[A-Za-z0-9]{2,4}$", "AB1\n"));
        assert!(matches(r"^\d+$", "12") && !matches(r"^\d+$", "१"));
        assert!(matches(r"^[\w-]+$", "a_b-1") && !matches(r"^[\w-]+$", "é"));
        assert!(matches(r"^[[&~]+$", "[&&~~") && matches(r"^\/a$", "/a") && matches("b", "abc"));
        for pattern in ["(?=a)", r"(a)\1", "(", "a{2,1}"] {
            assert!(read(pattern).is_none(), "{pattern}");
        }
    }
}
