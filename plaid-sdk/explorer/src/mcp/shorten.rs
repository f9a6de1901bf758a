//! Responses cut to a size that a model can read.

use plaid_catalog::model::Sample;
use plaid_catalog::tools::json;

/// How strings and depths are limited if shorter lists are not enough.
const STRICTER: [(usize, usize); 5] = [(usize::MAX, usize::MAX), (1_000, usize::MAX), (200, 6), (80, 3), (40, 1)];

/// The value as JSON text of at most so many bytes, and whether something was left out. Lists are shortened first, each with a
/// last element that says how many are left out; then long strings, then what is deep.
pub fn shorten(value: &Sample, most: usize) -> (Sample, bool) {
    let text = json::json(value);
    if text.len() <= most {
        return (value.clone(), false);
    }
    let longest = longest_list(value);
    for (string, depth) in STRICTER {
        let cut = |items: usize| limited(value, Limits { items, string, depth });
        let fits = |sample: &Sample| json::json(sample).len() <= most;
        let least = cut(1);
        if !fits(&least) {
            continue;
        }
        // The most elements that fit: more never take less room.
        let (mut low, mut high, mut best) = (1, longest, least);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            let tried = cut(middle);
            if fits(&tried) {
                (low, best) = (middle, tried);
            } else {
                high = middle - 1;
            }
        }
        return (best, true);
    }
    (Sample::Text("… (too long to show)".to_owned()), true)
}

#[derive(Clone, Copy)]
struct Limits {
    items: usize,
    string: usize,
    depth: usize,
}

fn longest_list(value: &Sample) -> usize {
    match value {
        Sample::List(all) => all.iter().map(longest_list).fold(all.len(), usize::max),
        Sample::Object(all) => all.iter().map(|(_, value)| longest_list(value)).max().unwrap_or(0),
        _ => 0,
    }
}

fn limited(value: &Sample, limits: Limits) -> Sample {
    let deeper = || limits.depth.checked_sub(1).map(|depth| Limits { depth, ..limits });
    match value {
        Sample::List(all) => {
            let Some(deeper) = deeper() else { return Sample::Text(format!("… ({} elements)", all.len())) };
            let mut kept: Vec<Sample> = all.iter().take(limits.items).map(|one| limited(one, deeper)).collect();
            if all.len() > kept.len() {
                kept.push(Sample::Text(format!("… {} more", all.len() - kept.len())));
            }
            Sample::List(kept)
        }
        Sample::Object(all) => {
            let Some(deeper) = deeper() else { return Sample::Text(format!("… ({} properties)", all.len())) };
            Sample::Object(all.iter().map(|(name, value)| (name.clone(), limited(value, deeper))).collect())
        }
        Sample::Text(text) if text.len() > limits.string => {
            let end = (0..=limits.string).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
            let kept = text.get(..end).unwrap_or_default();
            Sample::Text(format!("{kept}… {} more bytes", text.len() - kept.len()))
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::shorten;
    use plaid_catalog::tools::json;

    fn short(text: &str, most: usize) -> (String, bool) {
        let (value, is_cut) = shorten(&json::parse(text).expect("JSON"), most);
        (json::json(&value), is_cut)
    }

    #[test]
    fn what_fits_stays_as_it_is() {
        assert_eq!(short(r#"{"a":[1.50,2]}"#, 20), (r#"{"a":[1.50,2]}"#.to_owned(), false));
    }

    #[test]
    fn lists_keep_as_many_elements_as_fit() {
        let numbers: Vec<String> = (0..500).map(|number| number.to_string()).collect();
        let (text, is_cut) = short(&format!(r#"{{"all":[{}],"last":true}}"#, numbers.join(",")), 200);
        assert!(is_cut && text.len() <= 200 && text.len() > 190, "{text}");
        let shown = text.matches(',').count() - 1;
        assert!(text.contains(&format!("\"… {} more\"", 500 - shown)), "{text}");
        assert!(text.ends_with("],\"last\":true}"), "{text}");
    }

    #[test]
    fn long_strings_and_deep_values_are_cut_when_lists_are_not_enough() {
        let (text, is_cut) = short(&format!(r#"{{"a":"{}","b":1}}"#, "é".repeat(5000)), 2_000);
        assert!(is_cut && text.len() <= 2_000 && text.contains("more bytes") && text.ends_with("\"b\":1}"), "{text}");
        let deep = format!("{}1{}", r#"{"abcdefgh":["#.repeat(50), "]}".repeat(50));
        let (text, is_cut) = short(&deep, 120);
        assert!(is_cut && text.len() <= 120 && text.contains('…'), "{text}");
        let wide: Vec<String> = (0..2000).map(|number| format!("\"name{number}\":{number}")).collect();
        let (text, is_cut) = short(&format!("{{{}}}", wide.join(",")), 500);
        assert!(is_cut && text.len() <= 500, "{text}");
    }
}
