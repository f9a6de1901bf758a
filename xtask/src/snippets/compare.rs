//! Compares what a client would send with the sample that a snippet was made from.

use codegen::api_model::Sample;

/// The first difference: its path, and the two values. With `rounded`, numbers may differ as far as 32 bits round them.
pub fn difference(expected: &Sample, sent: &Sample, rounded: bool) -> Option<String> {
    let is_same = match (expected, sent) {
        (Sample::List(expected), Sample::List(sent)) if expected.len() == sent.len() => {
            let pairs = expected.iter().zip(sent).enumerate();
            return pairs.into_iter().find_map(|(index, (expected, sent))| {
                Some(format!("[{index}]{}", difference(expected, sent, rounded)?))
            });
        }
        (Sample::Object(expected), Sample::Object(all)) if expected.len() == all.len() => {
            return expected.iter().find_map(|(name, expected)| {
                let difference = match sent.get(name) {
                    Some(sent) => difference(expected, sent, rounded)?,
                    None => ": it is not sent".to_owned(),
                };
                Some(format!(".{name}{difference}"))
            });
        }
        (Sample::Number(expected), Sample::Number(sent)) => same_number(expected, sent, rounded),
        (Sample::Text(expected), Sample::Text(sent)) => expected == sent || same_moment(expected, sent),
        (expected, sent) => expected == sent,
    };
    let json = api_tools::json::json;
    (!is_same).then(|| format!(": {} is sent as {}", json(expected), json(sent)))
}

fn same_number(expected: &str, sent: &str, rounded: bool) -> bool {
    let parse = |text: &str| text.parse::<f64>().ok();
    let (Some(expected), Some(sent)) = (parse(expected), parse(sent)) else { return false };
    expected == sent || (rounded && (expected - sent).abs() <= expected.abs() * f64::from(f32::EPSILON))
}

/// Whether both are the same date and time: clients write fractions and offsets in their own way.
fn same_moment(expected: &str, sent: &str) -> bool {
    let parse = chrono::DateTime::parse_from_rfc3339;
    matches!((parse(expected), parse(sent)), (Ok(expected), Ok(sent)) if expected == sent)
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn values_are_compared_and_not_texts() {
        let compare = |expected: &str, sent: &str, rounded| {
            let parse = |text| api_tools::json::parse(text).expect("JSON");
            difference(&parse(expected), &parse(sent), rounded)
        };
        assert_eq!(compare(r#"{"a": [1.50, null], "b": true}"#, r#"{"b": true, "a": [15e-1, null]}"#, false), None);
        assert_eq!(compare(r#""2024-01-01T00:00:00.50Z""#, r#""2024-01-01T00:00:00.5+00:00""#, false), None);
        assert_eq!(compare("123456.789", "123456.79", true), None);
        for (expected, sent, message) in [
            ("123456.789", "123456.79", ": 123456.789 is sent as 123456.79"),
            (r#"{"a": {"b": "x"}}"#, r#"{"a": {"b": "y"}}"#, r#".a.b: "x" is sent as "y""#),
            (r#"{"a": 1, "b": 2}"#, r#"{"a": 1, "c": 2}"#, ".b: it is not sent"),
            (r#"[1, 2]"#, "[1]", ": [1,2] is sent as [1]"),
            ("null", "\"\"", ": null is sent as \"\""),
        ] {
            assert_eq!(compare(expected, sent, false).as_deref(), Some(message));
        }
    }
}
