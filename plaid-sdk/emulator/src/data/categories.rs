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
    let view = |one: &(&'static str, &'static str)| {
        let one = Legacy { id: one.0, path: one.1 };
        json!({"category_id": one.id, "group": one.group(), "hierarchy": one.hierarchy()})
    };
    TREE.iter().map(view).collect()
}

/// The category that a detailed personal finance category had before.
pub fn of(detailed: &str) -> Legacy {
    let exact = PAIRS.iter().find(|(name, _)| *name == detailed);
    let primary = PRIMARY.into_iter().find(|primary| detailed.starts_with(primary)).unwrap_or_default();
    let id = exact.or_else(|| PAIRS.iter().find(|(name, _)| *name == primary)).map_or("19000000", |(_, id)| id);
    let found = TREE.iter().find(|(known, _)| *known == id);
    found.map_or(Legacy { id: "19000000", path: "Shops" }, |(id, path)| Legacy { id, path })
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

/// The categories that this emulator knows, by id. Plaid's list has more of the third level.
const TREE: [(&str, &str); 104] = [
    ("10000000", "Bank Fees"),
    ("10001000", "Bank Fees/Overdraft"),
    ("10002000", "Bank Fees/ATM"),
    ("10003000", "Bank Fees/Late Payment"),
    ("10004000", "Bank Fees/Fraud Dispute"),
    ("10005000", "Bank Fees/Foreign Transaction"),
    ("10006000", "Bank Fees/Wire Transfer"),
    ("10007000", "Bank Fees/Insufficient Funds"),
    ("10008000", "Bank Fees/Cash Advance"),
    ("10009000", "Bank Fees/Excess Activity"),
    ("11000000", "Cash Advance"),
    ("12000000", "Community"),
    ("12001000", "Community/Animal Shelter"),
    ("12002000", "Community/Assisted Living Services"),
    ("12003000", "Community/Cemetery"),
    ("12004000", "Community/Courts"),
    ("12005000", "Community/Day Care and Preschools"),
    ("12008000", "Community/Education"),
    ("12009000", "Community/Government Departments and Agencies"),
    ("12018000", "Community/Religious"),
    ("13000000", "Food and Drink"),
    ("13001000", "Food and Drink/Bar"),
    ("13002000", "Food and Drink/Breweries"),
    ("13003000", "Food and Drink/Internet Cafes"),
    ("13004000", "Food and Drink/Nightlife"),
    ("13005000", "Food and Drink/Restaurants"),
    ("13005032", "Food and Drink/Restaurants/Fast Food"),
    ("13005043", "Food and Drink/Restaurants/Coffee Shop"),
    ("14000000", "Healthcare"),
    ("14001000", "Healthcare/Healthcare Services"),
    ("14002000", "Healthcare/Physicians"),
    ("15000000", "Interest"),
    ("15001000", "Interest/Interest Earned"),
    ("15002000", "Interest/Interest Charged"),
    ("16000000", "Payment"),
    ("16001000", "Payment/Credit Card"),
    ("16002000", "Payment/Rent"),
    ("16003000", "Payment/Loan"),
    ("17000000", "Recreation"),
    ("17001000", "Recreation/Arts and Entertainment"),
    ("17018000", "Recreation/Gyms and Fitness Centers"),
    ("18000000", "Service"),
    ("18001000", "Service/Advertising and Marketing"),
    ("18003000", "Service/Art Restoration"),
    ("18006000", "Service/Automotive"),
    ("18008000", "Service/Business Services"),
    ("18009000", "Service/Cable"),
    ("18012000", "Service/Cleaning"),
    ("18013000", "Service/Computers"),
    ("18016000", "Service/Dating and Escort"),
    ("18018000", "Service/Entertainment"),
    ("18020000", "Service/Financial"),
    ("18024000", "Service/Home Improvement"),
    ("18030000", "Service/Insurance"),
    ("18031000", "Service/Internet Services"),
    ("18045000", "Service/Personal Care"),
    ("18050000", "Service/Real Estate"),
    ("18063000", "Service/Telecommunication Services"),
    ("18067000", "Service/Travel Agents and Tour Operators"),
    ("18068000", "Service/Utilities"),
    ("18073000", "Service/Water"),
    ("19000000", "Shops"),
    ("19001000", "Shops/Adult"),
    ("19002000", "Shops/Antiques"),
    ("19003000", "Shops/Arts and Crafts"),
    ("19004000", "Shops/Auctions"),
    ("19005000", "Shops/Automotive"),
    ("19006000", "Shops/Beauty Products"),
    ("19007000", "Shops/Bicycles"),
    ("19008000", "Shops/Boat Equipment"),
    ("19009000", "Shops/Bookstores"),
    ("19010000", "Shops/Cards and Stationery"),
    ("19011000", "Shops/Children"),
    ("19012000", "Shops/Clothing and Accessories"),
    ("19013000", "Shops/Computers and Electronics"),
    ("19030000", "Shops/Hardware Store"),
    ("19043000", "Shops/Pharmacies"),
    ("19047000", "Shops/Supermarkets and Groceries"),
    ("19051000", "Shops/Warehouses and Wholesale Stores"),
    ("20000000", "Tax"),
    ("20001000", "Tax/Refund"),
    ("20002000", "Tax/Payment"),
    ("21000000", "Transfer"),
    ("21001000", "Transfer/Internal Account Transfer"),
    ("21002000", "Transfer/ACH"),
    ("21003000", "Transfer/Billpay"),
    ("21004000", "Transfer/Check"),
    ("21005000", "Transfer/Credit"),
    ("21006000", "Transfer/Debit"),
    ("21007000", "Transfer/Deposit"),
    ("21008000", "Transfer/Keep the Change Savings Program"),
    ("21009000", "Transfer/Payroll"),
    ("21010000", "Transfer/Third Party"),
    ("21011000", "Transfer/Wire"),
    ("21012000", "Transfer/Withdrawal"),
    ("21013000", "Transfer/Save As You Go"),
    ("22000000", "Travel"),
    ("22001000", "Travel/Airlines and Aviation Services"),
    ("22002000", "Travel/Airports"),
    ("22005000", "Travel/Car and Truck Rentals"),
    ("22009000", "Travel/Gas Stations"),
    ("22012000", "Travel/Lodging"),
    ("22013000", "Travel/Parking"),
    ("22016000", "Travel/Taxi"),
];

#[cfg(test)]
mod tests {
    use super::{PAIRS, TREE, of};
    use crate::data::merchants::{MERCHANTS, WORDS};

    #[test]
    fn ids_are_in_order_and_each_pair_names_one() {
        assert!(TREE.is_sorted_by(|a, b| a.0 < b.0));
        for (name, id) in PAIRS {
            assert!(TREE.iter().any(|(known, _)| *known == id), "{name}: {id}");
        }
        for category in MERCHANTS.iter().map(|one| one.category).chain(WORDS.iter().map(|(_, one)| *one)) {
            assert!(!of(category).hierarchy().is_empty());
        }
        assert_eq!(of("TRANSPORTATION_TAXIS_AND_RIDE_SHARES").hierarchy(), ["Travel", "Taxi"]);
        assert_eq!(of("TRANSFER_OUT_ACCOUNT_TRANSFER").id, "21006000");
    }
}
