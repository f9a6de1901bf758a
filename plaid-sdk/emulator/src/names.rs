//! How well the names of two persons or businesses fit, from 0 to 100.

/// How well two names fit. The order of their words, capitals and punctuation don't matter.
pub fn score(one: &str, other: &str) -> u8 {
    let (one, other) = (words(one), words(other));
    if one.is_empty() || other.is_empty() {
        return 0;
    }
    // Each word of the shorter name is compared with the word of the longer one that fits best.
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let best = |word: &String| long.iter().map(|candidate| likeness(word, candidate)).max().unwrap_or_default();
    let total: usize = short.iter().map(best).sum();
    // A middle name that only one of them has costs little.
    let missing = (long.len() - short.len()) * 5;
    u8::try_from((total / short.len()).saturating_sub(missing)).unwrap_or(100)
}

/// The words of a name in lower case, without punctuation.
pub fn words(name: &str) -> Vec<String> {
    let plain: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().map(str::to_owned).collect()
}

/// How similar two words are, from 0 to 100: by the number of letters that have to be changed.
pub fn likeness(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let longest = one.len().max(other.len());
    if longest == 0 {
        return 100;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let of = |cells: &[usize], at: usize| cells.get(at).copied().unwrap_or_default();
            let changed = of(&row, j) + usize::from(a != b);
            next.push(changed.min(of(&row, j + 1) + 1).min(of(&next, j) + 1));
        }
        row = next;
    }
    let distance = row.last().copied().unwrap_or_default();
    100 - distance * 100 / longest
}

#[cfg(test)]
mod tests {
    use super::{likeness, score};

    #[test]
    fn the_same_name_fits_in_any_order() {
        assert_eq!(score("Alberta Charleson", "CHARLESON, Alberta"), 100);
        assert_eq!(score("Alberta Bobbeth Charleson", "Alberta Charleson"), 95);
        assert_eq!(score("", "Alberta"), 0);
    }

    #[test]
    fn other_names_fit_less_the_more_letters_differ() {
        let scores = ["Alberta Charleson", "Alberta Charlson", "Albert Carlson", "Leslie Knope"];
        let scores = scores.map(|name| score(name, "Alberta Charleson"));
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
        assert!(scores[3] < 50);
        assert_eq!(likeness("kitten", "sitting"), 58);
    }
}
