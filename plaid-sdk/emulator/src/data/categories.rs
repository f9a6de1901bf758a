//! The categories of transactions before the personal finance categories: `/categories/get`. An id has eight digits: two for
//! the first level, three for the second and three for the third.

use serde_json::{Value, json};

use super::merchants::PRIMARY;

/// A category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Legacy {
    /// Its id.
    pub id: &'static str,
    /// Its names, from the first level on, separated by `/`.
    path: &'static str,
}

impl Legacy {
    /// Its names, from the first level on.
    pub fn hierarchy(self) -> Vec<&'static str> {
        self.path.split('/').collect()
    }

    /// `place` for purchases at a place, `special` for what banks do.
    fn group(self) -> &'static str {
        match self.id.get(..2) {
            Some("10" | "11" | "15" | "16" | "20" | "21") => "special",
            _ => "place",
        }
    }
}

/// All categories as the response contains them.
pub fn all() -> Value {
    let view = |one: Legacy| json!({"category_id": one.id, "group": one.group(), "hierarchy": one.hierarchy()});
    tree().map(view).collect()
}

/// The category that a detailed personal finance category had before.
pub fn of(detailed: &str) -> Legacy {
    let exact = PAIRS.iter().find(|(name, _)| *name == detailed);
    let primary = PRIMARY.into_iter().find(|primary| detailed.starts_with(primary)).unwrap_or_default();
    let id = exact.or_else(|| PAIRS.iter().find(|(name, _)| *name == primary)).map_or(&"19000000", |(_, id)| id);
    tree().find(|one| one.id == *id).unwrap_or(Legacy { id: "19000000", path: "Shops" })
}

/// Personal finance categories, detailed or primary, and what they were before.
const PAIRS: [(&str, &str); 37] = [
    ("INCOME_WAGES", "21009000"),
    ("INCOME_INTEREST_EARNED", "15001000"),
    ("INCOME_DIVIDENDS", "15000000"),
    ("INCOME", "21007000"),
    ("LOAN_DISBURSEMENTS", "21007000"),
    ("TRANSFER_IN_DEPOSIT", "21007000"),
    ("TRANSFER_IN", "21005000"),
    ("TRANSFER_OUT_WITHDRAWAL", "21012000"),
    ("TRANSFER_OUT_SAVINGS", "21007000"),
    ("TRANSFER_OUT", "21006000"),
    ("LOAN_PAYMENTS_CREDIT_CARD_PAYMENT", "16001000"),
    ("LOAN_PAYMENTS", "16003000"),
    ("BANK_FEES_OVERDRAFT_FEES", "10001000"),
    ("BANK_FEES_ATM_FEES", "10002000"),
    ("BANK_FEES_INSUFFICIENT_FUNDS", "10007000"),
    ("BANK_FEES", "10000000"),
    ("ENTERTAINMENT", "17001000"),
    ("FOOD_AND_DRINK_FAST_FOOD", "13005032"),
    ("FOOD_AND_DRINK_COFFEE", "13005043"),
    ("FOOD_AND_DRINK_GROCERIES", "19047000"),
    ("FOOD_AND_DRINK", "13005000"),
    ("GENERAL_MERCHANDISE_SUPERSTORES", "19051000"),
    ("GENERAL_MERCHANDISE_ELECTRONICS", "19013000"),
    ("GENERAL_MERCHANDISE", "19000000"),
    ("HOME_IMPROVEMENT", "19030000"),
    ("MEDICAL_PHARMACIES_AND_SUPPLEMENTS", "19043000"),
    ("MEDICAL", "14000000"),
    ("PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS", "17018000"),
    ("PERSONAL_CARE", "18045000"),
    ("GENERAL_SERVICES", "18000000"),
    ("GOVERNMENT_AND_NON_PROFIT", "12000000"),
    ("TRANSPORTATION_TAXIS_AND_RIDE_SHARES", "22016000"),
    ("TRANSPORTATION_GAS", "22009000"),
    ("TRAVEL_FLIGHTS", "22001000"),
    ("TRAVEL_LODGING", "22012000"),
    ("TRAVEL", "22000000"),
    ("RENT_AND_UTILITIES", "18068000"),
];

/// All categories: per line the id, and the names from the first level on.
const TREE: &str = include_str!("../../data/categories.txt");

fn tree() -> impl Iterator<Item = Legacy> {
    TREE.lines().filter_map(|line| line.split_once(' ')).map(|(id, path)| Legacy { id, path })
}

#[cfg(test)]
mod tests {
    use super::{PAIRS, of, tree};
    use crate::data::merchants::{MERCHANTS, WORDS};

    #[test]
    fn ids_are_in_order_and_each_pair_names_one() {
        let all: Vec<_> = tree().collect();
        assert!(all.len() > 500 && all.is_sorted_by(|a, b| a.id < b.id));
        assert!(all.iter().all(|one| one.id.len() == 8 && !one.path.is_empty()));
        for (name, id) in PAIRS {
            assert!(all.iter().any(|one| one.id == id), "{name}: {id}");
        }
        for category in MERCHANTS.iter().map(|one| one.category).chain(WORDS.iter().map(|(_, one)| *one)) {
            assert!(!of(category).hierarchy().is_empty());
        }
        assert_eq!(of("TRANSPORTATION_TAXIS_AND_RIDE_SHARES").hierarchy(), ["Travel", "Taxi"]);
        assert_eq!(of("TRANSFER_OUT_ACCOUNT_TRANSFER").id, "21006000");
    }
}
