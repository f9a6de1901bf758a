//! Values that programs often get wrong: characters that must be escaped, digits that must stay.

use api_model::{Sample, Type};

/// Strings with quotes, backslashes, what shells and languages replace in strings, line ends and other alphabets.
const TEXTS: &[&str] = &[
    "Ada \"Byron\" O'Neil",
    "C:\\new\\table",
    "$HOME `id` $(id) %s {0} #{id} ${id}",
    "one\ntwo\tthree\r\nfour",
    "Zoë – 東京 🏦",
    "</script><!-- & -->",
    "",
];

/// Other values of a type than the usual one. They need not be within any limits.
pub(super) fn others(ty: &Type, usual: &Sample) -> Vec<Sample> {
    let texts = |all: &[&str]| all.iter().map(|text| Sample::Text((*text).to_owned())).collect();
    let numbers = |all: &[&str]| all.iter().map(|digits| Sample::Number((*digits).to_owned())).collect();
    match ty {
        Type::Bool => vec![Sample::Bool(true), Sample::Bool(false)],
        // 2^53 - 1 is the last whole number that every language reads exactly.
        Type::Integer => numbers(&["0", "7", "31", "365", "9007199254740991"]),
        Type::Float => numbers(&["0.25", "-122.419416", "37.774929", "0.000125"]),
        Type::Decimal => numbers(&["0", "0.05", "110.10", "1500", "123456789012.34"]),
        Type::DecimalString => texts(&["0", "0.05", "110.10", "1500", "123456789012.34", "1500.00"]),
        Type::Date => texts(&["2024-02-29", "1970-01-01", "2026-12-31"]),
        Type::DateTime => texts(&["2024-02-29T23:59:59Z", "1970-01-01T00:00:00Z"]),
        Type::String => texts(TEXTS),
        Type::Json => {
            let object = Sample::Object(vec![("a".to_owned(), Sample::List(vec![Sample::Null, Sample::Bool(true)]))]);
            vec![Sample::Number("110.10".to_owned()), object, Sample::Bool(false)]
        }
        Type::JsonObject => vec![Sample::Object(vec![
            ("key".to_owned(), usual.clone()),
            ("count".to_owned(), Sample::Number("3".to_owned())),
        ])],
        Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Named(_) => Vec::new(),
    }
}
