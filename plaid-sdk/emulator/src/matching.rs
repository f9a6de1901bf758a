//! How well what an application knows of a user fits what a bank knows of an owner: scores from 0 to 100.

use serde_json::{Value, json};

use crate::fields::Fields;
use crate::names::{likeness, score, words};

/// A score below this one is a mismatch.
const MATCH: usize = 70;
/// Words that name a business.
const BUSINESS: [&str; 10] =
    ["corp", "corporation", "llc", "inc", "incorporated", "ltd", "limited", "co", "company", "llp"];
/// Short forms of first names.
const NICKNAMES: [(&str, &[&str]); 16] = [
    ("alberta", &["bertie", "allie"]),
    ("alexander", &["alex", "sasha"]),
    ("andrew", &["andy", "drew"]),
    ("anthony", &["tony"]),
    ("daniel", &["dan", "danny"]),
    ("elizabeth", &["liz", "beth", "betty", "eliza"]),
    ("james", &["jim", "jimmy", "jamie"]),
    ("jennifer", &["jen", "jenn", "jenny"]),
    ("john", &["jack", "johnny"]),
    ("katherine", &["kate", "kathy", "katie"]),
    ("margaret", &["maggie", "peggy", "meg"]),
    ("michael", &["mike", "mickey"]),
    ("richard", &["rick", "dick", "richie"]),
    ("robert", &["bob", "rob", "bobby"]),
    ("thomas", &["tom", "tommy"]),
    ("william", &["bill", "will", "billy"]),
];

/// The scores of a user against the owners of an account, as the response contains them.
///
/// What one side does not know has null for its score and for all that explains it. Plaid's document allows null for the whole
/// object too, but its Python client does not decode that, and requires all properties.
pub fn scores(user: Fields<'_>, owners: &[Value]) -> Value {
    let address = user.value("address").map(Fields).filter(|address| !parts(*address).is_empty());
    let name = json!({
        "is_business_name_detected": null, "is_first_name_or_last_name_match": null, "is_nickname_match": null, "score": null,
    });
    let scores = [
        (
            "address",
            address.and_then(|address| best_address(address, owners)),
            json!({"is_postal_code_match": null, "score": null}),
        ),
        (
            "email_address",
            user.text("email_address").and_then(|text| best(text, owners, "emails", email)),
            json!({"score": null}),
        ),
        ("legal_name", user.text("legal_name").and_then(|name| best_name(name, owners)), name),
        (
            "phone_number",
            user.text("phone_number").and_then(|text| best(text, owners, "phone_numbers", phone)),
            json!({"score": null}),
        ),
    ];
    scores.into_iter().map(|(name, score, unknown)| (name.to_owned(), score.unwrap_or(unknown))).collect()
}

/// The texts that owners have: `data` of the entries of a list.
fn data<'a>(owners: &'a [Value], list: &'static str) -> impl Iterator<Item = &'a str> {
    owners.iter().flat_map(move |owner| Fields(owner).objects(list)).filter_map(|entry| entry.text("data"))
}

fn best(text: &str, owners: &[Value], list: &'static str, compare: fn(&str, &str) -> usize) -> Option<Value> {
    let score = data(owners, list).map(|other| compare(text, other)).max()?;
    Some(json!({"score": score}))
}

fn best_name(name: &str, owners: &[Value]) -> Option<Value> {
    let names = owners.iter().filter_map(|owner| Fields(owner).texts("names")).flatten();
    let (best, score) = names.map(|other| (other, score_of(name, other))).max_by_key(|(_, score)| *score)?;
    let (one, other) = (words(name), words(best));
    let is_business = |words: &[String]| words.iter().any(|word| BUSINESS.contains(&word.as_str()));
    Some(json!({
        "is_business_name_detected": is_business(&one) || is_business(&other),
        "is_first_name_or_last_name_match": shares_name(&one, &other),
        "is_nickname_match": has_nickname(&one, &other),
        "score": score,
    }))
}

/// The score of two names. A nickname counts nearly as the name.
fn score_of(one: &str, other: &str) -> u8 {
    let plain = score(one, other);
    let (short, long) = (words(one), words(other));
    if !has_nickname(&short, &long) {
        return plain;
    }
    let full: Vec<&str> =
        short.iter().map(|word| long.iter().find(|name| is_nickname(word, name)).unwrap_or(word).as_str()).collect();
    plain.max(score(&full.join(" "), other).saturating_sub(5))
}

fn shares_name(one: &[String], other: &[String]) -> bool {
    let ends = |words: &[String]| [words.first().cloned(), words.last().cloned()];
    ends(one).iter().zip(ends(other)).any(|(a, b)| a.is_some() && *a == b)
}

fn has_nickname(one: &[String], other: &[String]) -> bool {
    match (one.first(), other.first()) {
        (Some(a), Some(b)) => is_nickname(a, b) || is_nickname(b, a),
        _ => false,
    }
}

fn is_nickname(short: &str, name: &str) -> bool {
    NICKNAMES.iter().any(|(full, forms)| *full == name && forms.contains(&short))
}

/// The score of two phone numbers: the country's 1 does not matter, an extension costs little.
fn phone(one: &str, other: &str) -> usize {
    let digits = |text: &str| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        match digits.strip_prefix('1') {
            Some(rest) if digits.len() == 11 => rest.to_owned(),
            _ => digits,
        }
    };
    let (one, other) = (digits(one), digits(other));
    match one == other {
        true if one.is_empty() => 0,
        true => 100,
        false if one.len().min(other.len()) >= 10 && (one.starts_with(&other) || other.starts_with(&one)) => 90,
        false => mismatch(&one, &other),
    }
}

/// The score of two email addresses: capitals don't matter, what follows a plus costs little.
fn email(one: &str, other: &str) -> usize {
    let (one, other) = (one.trim().to_lowercase(), other.trim().to_lowercase());
    let plain = |text: &str| match text.split_once('@') {
        Some((name, host)) => format!("{}@{host}", name.split('+').next().unwrap_or_default()),
        None => text.to_owned(),
    };
    match one == other {
        true => 100,
        false if plain(&one) == plain(&other) => 90,
        false => mismatch(&one, &other),
    }
}

/// The score of texts that are not the same: always a mismatch.
fn mismatch(one: &str, other: &str) -> usize {
    likeness(one, other) * (MATCH - 1) / 100
}

/// The parts of an address that are set, with their weights.
fn parts(address: Fields<'_>) -> Vec<(&'static str, usize)> {
    let all = [("street", 45), ("city", 20), ("region", 10), ("postal_code", 20), ("country", 5)];
    all.into_iter().filter(|(name, _)| address.text(name).is_some_and(|text| !text.trim().is_empty())).collect()
}

fn best_address(address: Fields<'_>, owners: &[Value]) -> Option<Value> {
    let places = owners.iter().flat_map(|owner| Fields(owner).objects("addresses")).map(|place| place.object("data"));
    let scored = places.map(|place| (address_score(address, place), place));
    let (score, place) = scored.max_by_key(|(score, _)| *score)?;
    let code = |address: Fields<'_>| address.text("postal_code").map(|code| code.chars().take(5).collect::<String>());
    let is_same = match (code(address), code(place)) {
        (Some(one), Some(other)) => Some(one == other),
        _ => None,
    };
    Some(json!({"is_postal_code_match": is_same, "score": score}))
}

fn address_score(one: Fields<'_>, other: Fields<'_>) -> usize {
    let both: Vec<_> = parts(one).into_iter().filter(|(name, _)| other.text(name).is_some()).collect();
    let total: usize = both.iter().map(|(_, weight)| weight).sum();
    let part = |(name, weight): (&str, usize)| {
        let text = |address: Fields<'_>| match (name, address.text(name).unwrap_or_default()) {
            // The last four digits of a long code don't matter.
            ("postal_code", code) => code.chars().take(5).collect(),
            (_, text) => plain(text),
        };
        weight * likeness(&text(one), &text(other))
    };
    both.into_iter().map(part).sum::<usize>() / total.max(1)
}

/// A text in lower case, with the usual words of streets in full.
fn plain(text: &str) -> String {
    let full = |word: String| match word.as_str() {
        "st" => "street".to_owned(),
        "rd" => "road".to_owned(),
        "ave" | "av" => "avenue".to_owned(),
        "ln" => "lane".to_owned(),
        "dr" => "drive".to_owned(),
        "blvd" => "boulevard".to_owned(),
        "apt" => "apartment".to_owned(),
        _ => word,
    };
    words(text).into_iter().map(full).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::scores;
    use crate::data::owner::owner;
    use crate::fields::Fields;
    use serde_json::{Value, json};

    fn of(user: &Value) -> Value {
        scores(Fields(user), &[owner()])
    }

    #[test]
    fn what_is_the_same_scores_100() {
        let seen = of(&json!({
            "legal_name": "Alberta Bobbeth Charleson",
            "phone_number": "+1 (111) 222-3333",
            "email_address": "AccountHolder0@example.com",
            "address": {"street": "2992 Cameron Rd.", "city": "Malakoff", "region": "NY", "postal_code": "14236-1234", "country": "US"},
        }));
        for name in ["legal_name", "phone_number", "email_address", "address"] {
            assert_eq!(seen[name]["score"], 100, "{name}");
        }
        assert_eq!(seen["address"]["is_postal_code_match"], true);
    }

    #[test]
    fn what_is_similar_scores_more_than_what_is_not() {
        let name = |name: &str| of(&json!({"legal_name": name}))["legal_name"].clone();
        assert!(name("Bertie Charleson")["score"].as_u64().is_some_and(|score| score >= 85));
        assert_eq!(name("Bertie Charleson")["is_nickname_match"], true);
        assert_eq!(name("Robert Charleson")["is_first_name_or_last_name_match"], true);
        assert!(name("Leslie Knope")["score"].as_u64().is_some_and(|score| score < 70));
        assert_eq!(name("Charleson LLC")["is_business_name_detected"], true);
        let email = |text: &str| of(&json!({"email_address": text}))["email_address"]["score"].as_u64();
        assert_eq!(email("accountholder0+bank@example.com"), Some(90));
        assert!(email("someone@elsewhere.org") < Some(70));
        let phone = |text: &str| of(&json!({"phone_number": text}))["phone_number"]["score"].as_u64();
        assert_eq!(phone("1112223333 ext 12"), Some(90));
        assert!(phone("4155550010") < Some(70));
    }

    #[test]
    fn what_is_not_known_is_null() {
        let seen = of(&json!({"legal_name": null, "address": {"city": null}}));
        let names = ["legal_name", "phone_number", "email_address", "address"];
        assert!(names.iter().all(|name| seen[*name]["score"].is_null()));
        assert_eq!(seen["address"], json!({"is_postal_code_match": null, "score": null}), "objects for typed clients");
        assert_eq!(
            scores(Fields(&json!({"email_address": "a@b.c"})), &[json!({"emails": []})])["email_address"],
            json!({"score": null})
        );
    }
}
