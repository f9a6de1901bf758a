//! Merchants that descriptions of transactions name, and words that say what a transaction was for.

/// A merchant.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// What descriptions contain, in lower case.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its website.
    pub website: &'static str,
    /// Plaid's id of it, where it is known.
    pub entity: Option<&'static str>,
    /// The file of its logo, where it is known.
    pub logo: Option<&'static str>,
    /// Whether it sells over the internet.
    pub is_online: bool,
    /// The detailed category of what it sells.
    pub category: &'static str,
}

const fn shop(key: &'static str, name: &'static str, website: &'static str, category: &'static str) -> Known {
    Known { key, name, website, entity: None, logo: None, is_online: false, category }
}

const fn online(key: &'static str, name: &'static str, website: &'static str, category: &'static str) -> Known {
    Known { is_online: true, ..shop(key, name, website, category) }
}

/// The merchants. The first one whose key a description contains is meant, so longer keys come first.
pub const MERCHANTS: [Known; 48] = [
    online("uber eats", "Uber Eats", "ubereats.com", "FOOD_AND_DRINK_RESTAURANT"),
    Known {
        entity: Some("eyg8o776k0QmNgVpAmaQj4WgzW9Qzo6O51gdd"),
        logo: Some("uber_1060"),
        ..online("uber", "Uber", "uber.com", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES")
    },
    online("lyft", "Lyft", "lyft.com", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES"),
    Known {
        entity: Some("NKDjqyAdQQzpyeD8qpLnX0D6yvLe2KYKYYzQ4"),
        logo: Some("united_airlines_1065"),
        ..shop("united airlines", "United Airlines", "united.com", "TRAVEL_FLIGHTS")
    },
    shop("delta air", "Delta Air Lines", "delta.com", "TRAVEL_FLIGHTS"),
    Known {
        entity: Some("vzWXDWBjB06j5BJoD3Jo84OJZg7JJzmqOZA22"),
        logo: Some("mcdonalds_619"),
        ..shop("mcdonald", "McDonald's", "mcdonalds.com", "FOOD_AND_DRINK_FAST_FOOD")
    },
    Known {
        entity: Some("NZAJQ5wYdo1W1p39X5q5gpb15OMe39pj4pJBb"),
        logo: Some("starbucks_956"),
        ..shop("starbucks", "Starbucks", "starbucks.com", "FOOD_AND_DRINK_COFFEE")
    },
    shop("dunkin", "Dunkin'", "dunkindonuts.com", "FOOD_AND_DRINK_COFFEE"),
    shop("kfc", "KFC", "kfc.com", "FOOD_AND_DRINK_FAST_FOOD"),
    shop("chipotle", "Chipotle Mexican Grill", "chipotle.com", "FOOD_AND_DRINK_FAST_FOOD"),
    online("doordash", "DoorDash", "doordash.com", "FOOD_AND_DRINK_RESTAURANT"),
    online("grubhub", "Grubhub", "grubhub.com", "FOOD_AND_DRINK_RESTAURANT"),
    shop("whole foods", "Whole Foods Market", "wholefoodsmarket.com", "FOOD_AND_DRINK_GROCERIES"),
    shop("wholefds", "Whole Foods Market", "wholefoodsmarket.com", "FOOD_AND_DRINK_GROCERIES"),
    shop("trader joe", "Trader Joe's", "traderjoes.com", "FOOD_AND_DRINK_GROCERIES"),
    shop("safeway", "Safeway", "safeway.com", "FOOD_AND_DRINK_GROCERIES"),
    shop("kroger", "Kroger", "kroger.com", "FOOD_AND_DRINK_GROCERIES"),
    online("instacart", "Instacart", "instacart.com", "FOOD_AND_DRINK_GROCERIES"),
    online("amazon", "Amazon", "amazon.com", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES"),
    online("amzn", "Amazon", "amazon.com", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES"),
    online("ebay", "eBay", "ebay.com", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES"),
    shop("walmart", "Walmart", "walmart.com", "GENERAL_MERCHANDISE_SUPERSTORES"),
    shop("wal-mart", "Walmart", "walmart.com", "GENERAL_MERCHANDISE_SUPERSTORES"),
    shop("costco", "Costco Wholesale", "costco.com", "GENERAL_MERCHANDISE_SUPERSTORES"),
    shop("target", "Target", "target.com", "GENERAL_MERCHANDISE_SUPERSTORES"),
    shop("sparkfun", "FUN", "sparkfun.com", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES"),
    shop("best buy", "Best Buy", "bestbuy.com", "GENERAL_MERCHANDISE_ELECTRONICS"),
    online("apple.com", "Apple", "apple.com", "GENERAL_MERCHANDISE_ELECTRONICS"),
    shop("home depot", "The Home Depot", "homedepot.com", "HOME_IMPROVEMENT_HARDWARE"),
    shop("lowe's", "Lowe's", "lowes.com", "HOME_IMPROVEMENT_HARDWARE"),
    shop("walgreens", "Walgreens", "walgreens.com", "MEDICAL_PHARMACIES_AND_SUPPLEMENTS"),
    shop("cvs", "CVS Pharmacy", "cvs.com", "MEDICAL_PHARMACIES_AND_SUPPLEMENTS"),
    online("netflix", "Netflix", "netflix.com", "ENTERTAINMENT_TV_AND_MOVIES"),
    online("hulu", "Hulu", "hulu.com", "ENTERTAINMENT_TV_AND_MOVIES"),
    online("spotify", "Spotify", "spotify.com", "ENTERTAINMENT_MUSIC_AND_AUDIO"),
    online("steam games", "Steam", "steampowered.com", "ENTERTAINMENT_VIDEO_GAMES"),
    shop(
        "touchstone climbing",
        "Touchstone Climbing",
        "touchstoneclimbing.com",
        "PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS",
    ),
    shop("planet fitness", "Planet Fitness", "planetfitness.com", "PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS"),
    shop("madison bicycle shop", "Madison Bicycle Shop", "", "TRANSPORTATION_BIKES_AND_SCOOTERS"),
    shop("chevron", "Chevron", "chevron.com", "TRANSPORTATION_GAS"),
    shop("shell", "Shell", "shell.com", "TRANSPORTATION_GAS"),
    shop("exxon", "ExxonMobil", "exxon.com", "TRANSPORTATION_GAS"),
    online("airbnb", "Airbnb", "airbnb.com", "TRAVEL_LODGING"),
    shop("marriott", "Marriott", "marriott.com", "TRAVEL_LODGING"),
    online("comcast", "Xfinity", "xfinity.com", "RENT_AND_UTILITIES_INTERNET_AND_CABLE"),
    online("verizon", "Verizon", "verizon.com", "RENT_AND_UTILITIES_TELEPHONE"),
    online("geico", "GEICO", "geico.com", "GENERAL_SERVICES_INSURANCE"),
    online("state farm", "State Farm", "statefarm.com", "GENERAL_SERVICES_INSURANCE"),
];

/// Words that say what a transaction was for, in lower case, and the detailed category. The first one counts.
pub const WORDS: [(&str, &str); 40] = [
    ("payroll", "INCOME_WAGES"),
    ("direct dep", "INCOME_WAGES"),
    ("salary", "INCOME_WAGES"),
    ("gusto pay", "INCOME_WAGES"),
    ("dividend", "INCOME_DIVIDENDS"),
    ("unemployment", "INCOME_UNEMPLOYMENT"),
    ("pension", "INCOME_RETIREMENT_PENSION"),
    ("tax refund", "INCOME_TAX_REFUND"),
    ("intrst", "INCOME_INTEREST_EARNED"),
    ("interest", "INCOME_INTEREST_EARNED"),
    ("overdraft", "BANK_FEES_OVERDRAFT_FEES"),
    ("atm fee", "BANK_FEES_ATM_FEES"),
    ("insufficient", "BANK_FEES_INSUFFICIENT_FUNDS"),
    ("service fee", "BANK_FEES_OTHER_BANK_FEES"),
    ("monthly fee", "BANK_FEES_OTHER_BANK_FEES"),
    ("atm", "TRANSFER_OUT_WITHDRAWAL"),
    ("withdrawal", "TRANSFER_OUT_WITHDRAWAL"),
    ("deposit", "TRANSFER_IN_DEPOSIT"),
    ("venmo", "TRANSFER_OUT_ACCOUNT_TRANSFER"),
    ("zelle", "TRANSFER_OUT_ACCOUNT_TRANSFER"),
    ("transfer", "TRANSFER_OUT_ACCOUNT_TRANSFER"),
    ("mortgage", "LOAN_PAYMENTS_MORTGAGE_PAYMENT"),
    ("student loan", "LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT"),
    ("auto loan", "LOAN_PAYMENTS_CAR_PAYMENT"),
    ("credit card", "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT"),
    ("credit crd", "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT"),
    ("automatic payment", "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT"),
    ("loan", "LOAN_PAYMENTS_OTHER_PAYMENT"),
    ("rent", "RENT_AND_UTILITIES_RENT"),
    ("electric", "RENT_AND_UTILITIES_GAS_AND_ELECTRICITY"),
    ("water", "RENT_AND_UTILITIES_WATER"),
    ("insurance", "GENERAL_SERVICES_INSURANCE"),
    ("grocer", "FOOD_AND_DRINK_GROCERIES"),
    ("market", "FOOD_AND_DRINK_GROCERIES"),
    ("coffee", "FOOD_AND_DRINK_COFFEE"),
    ("restaurant", "FOOD_AND_DRINK_RESTAURANT"),
    ("pharmacy", "MEDICAL_PHARMACIES_AND_SUPPLEMENTS"),
    ("hotel", "TRAVEL_LODGING"),
    ("airline", "TRAVEL_FLIGHTS"),
    ("parking", "TRANSPORTATION_PARKING"),
];

/// The primary categories. A detailed category starts with its primary one.
pub const PRIMARY: [&str; 17] = [
    "INCOME",
    "LOAN_DISBURSEMENTS",
    "TRANSFER_IN",
    "TRANSFER_OUT",
    "LOAN_PAYMENTS",
    "BANK_FEES",
    "ENTERTAINMENT",
    "FOOD_AND_DRINK",
    "GENERAL_MERCHANDISE",
    "HOME_IMPROVEMENT",
    "MEDICAL",
    "PERSONAL_CARE",
    "GENERAL_SERVICES",
    "GOVERNMENT_AND_NON_PROFIT",
    "TRANSPORTATION",
    "TRAVEL",
    "RENT_AND_UTILITIES",
];

#[cfg(test)]
mod tests {
    use super::{MERCHANTS, PRIMARY, WORDS};

    #[test]
    fn keys_are_in_lower_case_and_categories_have_a_primary_one() {
        let merchants = MERCHANTS.iter().map(|one| (one.key, one.category));
        for (key, category) in merchants.chain(WORDS) {
            assert_eq!(key, key.to_lowercase());
            assert!(PRIMARY.iter().any(|primary| category.starts_with(primary)), "{category}");
        }
    }
}
