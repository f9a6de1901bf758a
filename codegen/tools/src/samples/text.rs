//! Strings by format and name.

use super::limits::Limits;
use super::words::words;

/// A string for a property, by its format, else by its name. `seed` makes ids of different schemas different.
pub(super) fn of(property: &str, seed: &str, limits: Limits<'_>) -> Option<String> {
    let format = limits.iter().find_map(|limits| limits.format.as_deref());
    by_format(property, seed, format).or_else(|| by_name(property, seed))
}

fn by_format(property: &str, seed: &str, format: Option<&str>) -> Option<String> {
    Some(match format? {
        "uuid" => uuid(seed),
        "email" => "ada@example.com".to_owned(),
        "uri" | "url" => "https://example.com/".to_owned(),
        "hostname" => "example.com".to_owned(),
        "ipv4" | "ip" => "203.0.113.10".to_owned(),
        "ipv6" => "2001:db8::10".to_owned(),
        "byte" => "SGVsbG8=".to_owned(),
        "time" => "12:00:00".to_owned(),
        "date" => super::dates::day(property).to_owned(),
        "date-time" => super::dates::moment(property),
        _ => return None,
    })
}

fn by_name(property: &str, seed: &str) -> Option<String> {
    let words = words(property);
    let last = words.last()?;
    Some(match last.as_str() {
        "id" | "uuid" | "guid" => uuid(seed),
        "email" => "ada@example.com".to_owned(),
        "url" | "uri" | "website" => "https://example.com/".to_owned(),
        "webhook" => "https://example.com/webhook".to_owned(),
        "phone" => "+14155550123".to_owned(),
        "ip" => "203.0.113.10".to_owned(),
        "address" if words.iter().any(|word| word == "ip") => "203.0.113.10".to_owned(),
        "date" => super::dates::day(property).to_owned(),
        "datetime" | "timestamp" | "time" => super::dates::moment(property),
        _ => return None,
    })
}

/// An id that is stable for a name, and differs between names. It has the form of a random UUID (RFC 9562, version 4).
fn uuid(name: &str) -> String {
    let hash =
        |seed: u64| name.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mixed = |seed: u64| {
        let hash = hash(seed);
        (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
    };
    let (high, low) = (mixed(0xcbf2_9ce4_8422_2325), mixed(0x9e37_79b9_7f4a_7c15));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | (low >> 50),
        low & 0xffff_ffff_ffff
    )
}

/// The singular of a name.
pub(super) fn singular(property: &str) -> &str {
    property.strip_suffix('s').filter(|stem| !stem.is_empty() && !stem.ends_with('s')).unwrap_or(property)
}
