//! The transactions of the Sandbox user `user_good`: 16 rows that come back every 30 days. Dumps from 2017 to 2026 agree.

/// A transaction that comes back every 30 days.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The day, counted from 1970-01-01, modulo 30.
    pub day: i32,
    /// The mask of the account.
    pub mask: &'static str,
    /// The name.
    pub name: &'static str,
    /// The amount in dollars. A positive amount leaves the account.
    pub amount: &'static str,
    /// The merchant.
    pub merchant: Merchant,
    /// How many days before the date it was authorized. `None`: the response has no date of authorization.
    pub authorized_before: Option<i64>,
    /// `online`, `in store` or `other`.
    pub channel: &'static str,
    /// The primary and the detailed category (Plaid's personal finance categories), and the confidence in them.
    pub category: (&'static str, &'static str, &'static str),
}

/// Who was paid.
#[derive(Clone, Copy, Debug, Default)]
pub struct Merchant {
    /// The merchant's name.
    pub name: Option<&'static str>,
    /// Plaid's id of it.
    pub entity: Option<&'static str>,
    /// Its website.
    pub website: Option<&'static str>,
    /// The file of its logo.
    pub logo: Option<&'static str>,
    /// The number of its store.
    pub store: Option<&'static str>,
    /// How the payment was made.
    pub payment_method: Option<&'static str>,
}

const NOBODY: Merchant =
    Merchant { name: None, entity: None, website: None, logo: None, store: None, payment_method: None };
const UBER: Merchant = Merchant {
    name: Some("Uber"),
    entity: Some("eyg8o776k0QmNgVpAmaQj4WgzW9Qzo6O51gdd"),
    website: Some("uber.com"),
    logo: Some("uber_1060"),
    ..NOBODY
};
const UNITED: Merchant = Merchant {
    name: Some("United Airlines"),
    entity: Some("NKDjqyAdQQzpyeD8qpLnX0D6yvLe2KYKYYzQ4"),
    website: Some("united.com"),
    logo: Some("united_airlines_1065"),
    ..NOBODY
};
const MCDONALDS: Merchant = Merchant {
    name: Some("McDonald's"),
    entity: Some("vzWXDWBjB06j5BJoD3Jo84OJZg7JJzmqOZA22"),
    website: Some("mcdonalds.com"),
    logo: Some("mcdonalds_619"),
    store: Some("3322"),
    ..NOBODY
};
const STARBUCKS: Merchant = Merchant {
    name: Some("Starbucks"),
    entity: Some("NZAJQ5wYdo1W1p39X5q5gpb15OMe39pj4pJBb"),
    website: Some("starbucks.com"),
    logo: Some("starbucks_956"),
    ..NOBODY
};
const fn named(name: &'static str) -> Merchant {
    Merchant { name: Some(name), ..NOBODY }
}
const PAYROLL: Merchant = Merchant { payment_method: Some("ACH"), ..NOBODY };

const RIDE: (&str, &str, &str) = ("TRANSPORTATION", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES", "VERY_HIGH");
const FLIGHT: (&str, &str, &str) = ("TRAVEL", "TRAVEL_FLIGHTS", "VERY_HIGH");
const FAST_FOOD: (&str, &str, &str) = ("FOOD_AND_DRINK", "FOOD_AND_DRINK_FAST_FOOD", "VERY_HIGH");
const CARD_PAYMENT: (&str, &str, &str) = ("LOAN_PAYMENTS", "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT", "LOW");

const PLAIN: Row = Row {
    day: 0,
    mask: "",
    name: "",
    amount: "0",
    merchant: NOBODY,
    authorized_before: None,
    channel: "in store",
    category: FLIGHT,
};

/// The rows of a cycle, by day.
pub const ROWS: [Row; 16] = [
    Row {
        day: 2,
        mask: "1111",
        name: "INTRST PYMNT",
        amount: "-4.22",
        channel: "other",
        category: ("TRANSFER_IN", "TRANSFER_IN_OTHER_TRANSFER_IN", "LOW"),
        ..PLAIN
    },
    Row {
        day: 3,
        mask: "0000",
        name: "SparkFun",
        amount: "89.40",
        merchant: named("FUN"),
        authorized_before: Some(1),
        category: ("GENERAL_MERCHANDISE", "GENERAL_MERCHANDISE_ONLINE_MARKETPLACES", "LOW"),
        ..PLAIN
    },
    Row {
        day: 4,
        mask: "0000",
        name: "McDonald's",
        amount: "12.00",
        merchant: MCDONALDS,
        category: FAST_FOOD,
        ..PLAIN
    },
    Row {
        day: 4,
        mask: "0000",
        name: "Starbucks",
        amount: "4.33",
        merchant: STARBUCKS,
        category: ("FOOD_AND_DRINK", "FOOD_AND_DRINK_COFFEE", "VERY_HIGH"),
        ..PLAIN
    },
    Row { day: 5, mask: "0000", name: "United Airlines", amount: "-500.00", merchant: UNITED, ..PLAIN },
    Row {
        day: 5,
        mask: "3333",
        name: "Touchstone Climbing",
        amount: "78.50",
        merchant: named("Touchstone Climbing"),
        category: ("PERSONAL_CARE", "PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS", "VERY_HIGH"),
        ..PLAIN
    },
    Row {
        day: 6,
        mask: "2222",
        name: "CD DEPOSIT .INITIAL.",
        amount: "1000.00",
        channel: "other",
        category: ("TRANSFER_OUT", "TRANSFER_OUT_SAVINGS", "LOW"),
        ..PLAIN
    },
    Row {
        day: 6,
        mask: "4444",
        name: "ACH Electronic CreditGUSTO PAY 123456",
        amount: "5850.00",
        merchant: PAYROLL,
        channel: "online",
        category: ("TRANSFER_OUT", "TRANSFER_OUT_ACCOUNT_TRANSFER", "LOW"),
        ..PLAIN
    },
    Row {
        day: 7,
        mask: "1111",
        name: "CREDIT CARD 3333 PAYMENT *//",
        amount: "25.00",
        channel: "other",
        category: CARD_PAYMENT,
        ..PLAIN
    },
    Row {
        day: 7,
        mask: "0000",
        name: "Uber 063015 SF**POOL**",
        amount: "5.40",
        merchant: UBER,
        authorized_before: Some(1),
        channel: "online",
        category: RIDE,
    },
    Row {
        day: 16,
        mask: "3333",
        name: "AUTOMATIC PAYMENT - THANK",
        amount: "2078.50",
        channel: "other",
        category: CARD_PAYMENT,
        ..PLAIN
    },
    Row { day: 16, mask: "3333", name: "KFC", amount: "500.00", merchant: named("KFC"), category: FAST_FOOD, ..PLAIN },
    Row {
        day: 16,
        mask: "3333",
        name: "Madison Bicycle Shop",
        amount: "500.00",
        merchant: named("Madison Bicycle Shop"),
        category: ("TRANSPORTATION", "TRANSPORTATION_BIKES_AND_SCOOTERS", "LOW"),
        ..PLAIN
    },
    Row {
        day: 17,
        mask: "3333",
        name: "Tectra Inc",
        amount: "500.00",
        category: ("RENT_AND_UTILITIES", "RENT_AND_UTILITIES_OTHER_UTILITIES", "LOW"),
        ..PLAIN
    },
    Row {
        day: 20,
        mask: "0000",
        name: "Uber 072515 SF**POOL**",
        amount: "6.33",
        merchant: UBER,
        authorized_before: Some(1),
        channel: "online",
        category: RIDE,
    },
    Row { day: 22, mask: "3333", name: "United Airlines", amount: "500.00", merchant: UNITED, ..PLAIN },
];

#[cfg(test)]
mod tests {
    use super::ROWS;
    use std::collections::BTreeMap;

    /// The rows on the days `end - days + 1 ..= end`, by mask.
    fn count(end: i32, days: i32) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for day in end - days + 1..=end {
            for row in ROWS.iter().filter(|row| row.day == day.rem_euclid(30)) {
                *counts.entry(row.mask).or_default() += 1;
            }
        }
        counts
    }

    #[test]
    fn two_years_have_the_measured_numbers_of_rows() {
        // 20,014 is an epoch day whose remainder is 4.
        let counts = count(20_014, 730);
        let of = |mask: &str| counts.get(mask).copied().unwrap_or_default();
        assert_eq!([of("0000"), of("1111"), of("2222"), of("3333"), of("4444")], [147, 49, 24, 144, 24]);
        assert_eq!(counts.values().sum::<usize>(), 388);
    }

    #[test]
    fn thirty_days_have_sixteen_rows_whatever_day_is_the_last() {
        for end in 20_000..20_030 {
            assert_eq!(count(end, 30).values().sum::<usize>(), 16, "end {end}");
        }
    }
}
