//! A guess of what the description of a transaction means: the merchant and the category. The same description gives the
//! same guess.

use crate::data::merchants::{Known, MERCHANTS, PRIMARY, WORDS};
use crate::ids::Ids;
use crate::names::words;
use crate::state::Category;

/// What a description means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// Who was paid, or who paid.
    pub merchant: Option<Merchant>,
    /// `online`, `in store` or `other`.
    pub channel: &'static str,
    /// What it was for.
    pub category: Category,
}

/// A merchant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merchant {
    /// Its name.
    pub name: String,
    /// Plaid's id of it. Only known merchants have one.
    pub entity: Option<String>,
    /// Its website.
    pub website: Option<String>,
    /// The file of its logo.
    pub logo: Option<String>,
}

/// Guesses what a description means.
pub fn guess(description: &str, is_inflow: bool) -> Guess {
    let text = description.to_lowercase();
    if let Some(known) = MERCHANTS.iter().find(|known| contains_word(&text, known.key)) {
        let channel = if known.is_online { "online" } else { "in store" };
        return Guess { merchant: Some(merchant(known)), channel, category: category(known.category, "VERY_HIGH") };
    }
    if let Some((_, detailed)) = WORDS.iter().find(|(word, _)| contains_word(&text, word)) {
        let detailed = match (*detailed, is_inflow) {
            ("TRANSFER_OUT_ACCOUNT_TRANSFER", true) => "TRANSFER_IN_ACCOUNT_TRANSFER",
            ("TRANSFER_IN_DEPOSIT", false) => "TRANSFER_OUT_SAVINGS",
            (detailed, _) => detailed,
        };
        return Guess { merchant: None, channel: "other", category: category(detailed, "HIGH") };
    }
    let (detailed, name) = match is_inflow {
        true => ("INCOME_OTHER_INCOME", None),
        false => ("GENERAL_MERCHANDISE_OTHER_GENERAL_MERCHANDISE", name_in(description)),
    };
    let merchant = name.map(|name| Merchant { name, entity: None, website: None, logo: None });
    Guess { merchant, channel: "in store", category: category(detailed, "LOW") }
}

/// A category by its detailed name.
pub fn category(detailed: &str, confidence: &str) -> Category {
    Category {
        primary: primary_of(detailed).unwrap_or("OTHER").to_owned(),
        detailed: detailed.to_owned(),
        confidence: confidence.to_owned(),
    }
}

/// The primary category of a detailed one.
pub fn primary_of(detailed: &str) -> Option<&'static str> {
    PRIMARY.into_iter().find(|primary| detailed.strip_prefix(primary).is_some_and(|rest| rest.starts_with('_')))
}

/// Whether a text contains a key at the start of a word, so that `rent` is not found in `current`.
fn contains_word(text: &str, key: &str) -> bool {
    let is_start = |(at, _): (usize, &str)| !text[..at].ends_with(char::is_alphanumeric);
    text.match_indices(key).any(is_start)
}

fn merchant(known: &Known) -> Merchant {
    // An id that is not known is made from the name, so that it is the same everywhere.
    let entity = known.entity.map_or_else(|| Ids::new(0, known.name).long(), str::to_owned);
    Merchant {
        name: known.name.to_owned(),
        entity: Some(entity),
        website: Some(known.website).filter(|site| !site.is_empty()).map(str::to_owned),
        logo: known.logo.map(str::to_owned),
    }
}

/// The name in a description: its first words, without numbers and what terminals add.
fn name_in(description: &str) -> Option<String> {
    const NOISE: [&str; 12] =
        ["pos", "sq", "tst", "paypal", "debit", "crd", "card", "purchase", "ach", "autopay", "pmt", "recurring"];
    let is_name = |word: &String| {
        word.chars().count() > 1 && !word.contains(|c: char| c.is_ascii_digit()) && !NOISE.contains(&word.as_str())
    };
    let capital = |word: String| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    let name: Vec<String> = words(description).into_iter().filter(is_name).take(3).map(capital).collect();
    (!name.is_empty()).then(|| name.join(" "))
}

#[cfg(test)]
mod tests {
    use super::guess;

    fn seen(description: &str, is_inflow: bool) -> (Option<String>, String) {
        let guess = guess(description, is_inflow);
        (guess.merchant.map(|merchant| merchant.name), guess.category.detailed)
    }

    #[test]
    fn merchants_are_found_in_descriptions() {
        let of = |description| seen(description, false);
        let uber = (Some("Uber".to_owned()), "TRANSPORTATION_TAXIS_AND_RIDE_SHARES".to_owned());
        assert_eq!(of("Uber 072515 SF**POOL**"), uber);
        assert_eq!(of("UBER EATS 8005928996").0.as_deref(), Some("Uber Eats"));
        assert_eq!(of("AMZN Mktp US*2A3").0.as_deref(), Some("Amazon"));
        assert_eq!(of("SQ *BLUE DOOR CAFE 123").0.as_deref(), Some("Blue Door Cafe"));
        assert_eq!(guess("Starbucks", false), guess("PURCHASE STARBUCKS #2034", false));
    }

    #[test]
    fn words_decide_where_no_merchant_is_known() {
        assert_eq!(seen("ACME Direct Dep", true), (None, "INCOME_WAGES".to_owned()));
        assert_eq!(seen("Transfer 12", true).1, "TRANSFER_IN_ACCOUNT_TRANSFER");
        assert_eq!(seen("Transfer 12", false).1, "TRANSFER_OUT_ACCOUNT_TRANSFER");
        assert_eq!(seen("Current account", false).1, "GENERAL_MERCHANDISE_OTHER_GENERAL_MERCHANDISE");
        assert_eq!(seen("12345", false).0, None);
        assert_eq!(guess("Netflix.com", false).category.primary, "ENTERTAINMENT");
    }
}
