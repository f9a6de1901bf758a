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
            let length = wanted.len().max(candidate.len());
            let distance = distance(&wanted, &candidate);
            let is_part = wanted.len().min(candidate.len()) > 3
                && (contains(&candidate, &wanted) || contains(&wanted, &candidate));
            // One mistake is allowed in a word of three letters, two in one of eight.
            let allowed = (length / 4).max(usize::from(length > 2));
            (is_part || distance <= allowed).then_some((distance, known))
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

/// How many characters must be inserted, removed, replaced or swapped with the next one.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
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
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{nearest, suggestion};

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
