//! The known names that a misspelt one is most likely meant to be.

/// How long a name may be to be compared. The names of APIs are shorter.
const LONGEST: usize = 96;

/// The known name that is closest to this one. Returns `None` if none is close.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    several(name, known, 1).pop()
}

/// The known names that are close to this one, the closest first; of equally close ones, the first known first.
pub fn several<'a>(name: &str, known: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    if name.len() > LONGEST {
        return Vec::new();
    }
    let name = plain(name);
    // a word of 3 letters may differ by 1 letter, one of 8 by 3; beyond that it is another word
    let allowed = (name.len() / 3).clamp(1, 3);
    let mut near: Vec<(usize, &str)> =
        known.into_iter().filter_map(|known| Some((distance(&name, known, allowed)?, known))).collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.truncate(most);
    near.into_iter().map(|(_, known)| known).collect()
}

/// Letters without case, `-` as `_`.
fn plain(name: &str) -> Vec<char> {
    name.chars().flat_map(char::to_lowercase).map(|c| if c == '-' { '_' } else { c }).collect()
}

/// How many letters have to change. Returns `None` beyond a bound.
fn distance(name: &[char], known: &str, bound: usize) -> Option<usize> {
    if known.len() > LONGEST || name.len().abs_diff(known.chars().count()) > bound {
        return None;
    }
    let known = plain(known);
    let mut row: Vec<usize> = (0..=known.len()).collect();
    let mut above = row.clone();
    let mut two_above = row.clone();
    for i in 1..=name.len() {
        std::mem::swap(&mut two_above, &mut above);
        std::mem::swap(&mut above, &mut row);
        row[0] = i;
        for j in 1..=known.len() {
            let change = usize::from(name[i - 1] != known[j - 1]);
            row[j] = (above[j] + 1).min(row[j - 1] + 1).min(above[j - 1] + change);
            // two swapped letters are one mistake
            if i > 1 && j > 1 && name[i - 1] == known[j - 2] && name[i - 2] == known[j - 1] {
                row[j] = row[j].min(two_above[j - 2] + 1);
            }
        }
        if row.iter().chain(&above).min().is_some_and(|least| *least > bound) {
            return None;
        }
    }
    Some(row[known.len()]).filter(|distance| *distance <= bound)
}

#[cfg(test)]
mod tests {
    use super::{nearest, several};

    #[test]
    fn a_misspelt_name_is_recognised() {
        let names = ["required", "properties", "type", "items"];
        assert_eq!(nearest("requierd", names), Some("required"));
        assert_eq!(nearest("Propertys", names), Some("properties"));
        assert_eq!(nearest("tpye", names), Some("type"));
        assert_eq!(nearest("itmes", names), Some("items"));
        assert_eq!(nearest("anything", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn the_closest_names_come_first() {
        let names = ["item_gets", "item_get", "item_set", "link_get"];
        assert_eq!(several("item-get", names, 3), ["item_get", "item_gets", "item_set"]);
        assert_eq!(several("item_get", names, 1), ["item_get"]);
    }

    #[test]
    fn a_long_name_is_close_to_none() {
        assert_eq!(nearest(&"a".repeat(1_000_000), ["a"]), None);
        assert_eq!(nearest("a", [&*"a".repeat(1_000_000)]), None);
    }
}
