//! The nearest of known names, for errors about an unknown one.

/// How many names are suggested at most.
const MOST: usize = 3;

/// How long a name may be to be compared. The names of APIs are shorter, and comparing takes time.
const LONGEST: usize = 96;

/// The known names that an unknown one was most likely meant to be, the nearest first: those that contain it or that it
/// contains, and those with few different characters. Letter case, `_`, `-` and `/` don't count.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = folded(if name.len() > LONGEST { "" } else { name });
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(usize, &str)> = known
        .into_iter()
        .filter(|known| known.len() <= LONGEST)
        .filter_map(|known| {
            let candidate = folded(known);
            let (shorter, longer) = (wanted.len().min(candidate.len()), wanted.len().max(candidate.len()));
            let is_part = shorter > 3 && (contains(&candidate, &wanted) || contains(&wanted, &candidate));
            // One mistake is allowed in a word of three letters, two in one of eight.
            let allowed = if is_part { longer } else { (longer / 4).max(usize::from(longer > 2)) };
            Some((distance(&wanted, &candidate, allowed)?, known))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(MOST).map(|(_, known)| known).collect()
}

/// The end of an error about an unknown name: `; did you mean …?`, or nothing.
pub fn suggestion(name: &str, known: &[String]) -> String {
    match nearest(name, known.iter().map(String::as_str)).as_slice() {
        [] => String::new(),
        [rest @ .., last] if !rest.is_empty() => {
            let rest: Vec<String> = rest.iter().map(|name| format!("`{name}`")).collect();
            format!("; did you mean {} or `{last}`?", rest.join(", "))
        }
        [first, ..] => format!("; did you mean `{first}`?"),
    }
}

fn folded(name: &str) -> Vec<char> {
    name.chars().filter(|c| !matches!(c, '_' | '-' | '/' | ' ')).flat_map(char::to_lowercase).collect()
}

fn contains(whole: &[char], part: &[char]) -> bool {
    whole.windows(part.len()).any(|window| window == part)
}

/// How many characters must be inserted, removed, replaced or swapped with the next one; `None` if more than `allowed`.
///
/// An unknown name is compared with thousands, and most are ruled out by their length or their first letters.
fn distance(a: &[char], b: &[char], allowed: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > allowed {
        return None;
    }
    let (mut before, mut least_before): (Vec<usize>, usize) = (Vec::new(), 0);
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        for (j, to) in b.iter().enumerate() {
            let mut least = (row[j] + usize::from(from != to)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *to && *from == b[j - 1] {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        // Each row only adds to one of the two before it.
        let least = next.iter().copied().min().unwrap_or_default();
        if least.min(least_before) > allowed {
            return None;
        }
        least_before = least;
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|distance| *distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest, suggestion};

    #[test]
    fn a_distance_counts_mistakes_up_to_a_limit() {
        let count = |a: &str, b: &str, allowed| {
            let [a, b]: [Vec<char>; 2] = [a, b].map(|name| name.chars().collect());
            distance(&a, &b, allowed)
        };
        let cases = [("", "", 0), ("ab", "ba", 1), ("abc", "", 3), ("itemget", "itemgte", 1), ("kitten", "sitting", 3)];
        for (a, b, mistakes) in cases {
            for (a, b) in [(a, b), (b, a)] {
                assert_eq!(count(a, b, mistakes), Some(mistakes), "{a} {b}");
                assert_eq!(count(a, b, 100), Some(mistakes), "{a} {b}");
                assert_eq!(mistakes.checked_sub(1).and_then(|fewer| count(a, b, fewer)), None, "{a} {b}");
            }
        }
        // The swap is the last of all, after rows without a match.
        assert_eq!(count("wxab", "yzba", 3), Some(3));
    }

    #[test]
    fn what_was_meant_is_found() {
        let known = ["linkTokenCreate", "linkTokenGet", "itemGet", "transferCreate"];
        assert_eq!(nearest("link_token_craete", known), ["linkTokenCreate"]);
        assert_eq!(nearest("/item/get", known), ["itemGet"]);
        assert_eq!(nearest("linkToken", known), ["linkTokenGet", "linkTokenCreate"]);
        assert!(nearest("zzz", known).is_empty());
        assert!(nearest("", known).is_empty());
        assert!(nearest(&"a".repeat(1_000_000), known).is_empty());
        let known = known.map(str::to_owned);
        assert_eq!(suggestion("itemgte", &known), "; did you mean `itemGet`?");
        assert_eq!(suggestion("linkToken", &known), "; did you mean `linkTokenGet` or `linkTokenCreate`?");
        assert_eq!(suggestion("qqqqq", &known), "");
    }
}
