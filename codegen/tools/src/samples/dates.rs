//! Dates by the name of their property, so that all dates in a sample are in order: birth, opening, start, end, what comes
//! next.

use super::words::words;

/// The stages of what a sample describes, each with its day.
const BIRTH: &str = "1990-04-12";
const OPENING: &str = "2024-03-01";
const START: &str = "2026-01-01";
const END: &str = "2026-01-31";
const NEXT: &str = "2026-02-28";

/// The day for a property, `2026-01-31`.
pub(super) fn day(property: &str) -> &'static str {
    let stage = words(property).iter().find_map(|word| match word.as_str() {
        "birth" | "birthdate" | "birthday" | "dob" => Some(BIRTH),
        "origination" | "opened" | "opening" | "hire" | "hired" | "founded" | "incorporation" | "formation"
        | "incorporated" | "inception" | "established" => Some(OPENING),
        "start" | "begin" | "from" | "since" | "after" | "first" | "created" | "oldest" | "earliest" | "initial" => {
            Some(START)
        }
        "end" | "until" | "to" | "before" | "last" | "latest" | "updated" | "modified" | "completed" | "settled"
        | "newest" | "closed" | "expiration" | "expires" | "due" => Some(END),
        "next" | "expected" | "maturity" | "projected" | "payoff" | "expiry" => Some(NEXT),
        _ => None,
    });
    stage.unwrap_or(START)
}

/// The same with a time of day.
pub(super) fn moment(property: &str) -> String {
    format!("{}T12:00:00Z", day(property))
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn the_days_are_in_order() {
        for (first, second) in [
            ("date_of_birth", "origination_date"),
            ("original_open_date", "end_date"),
            ("start_date", "end_date"),
            ("created_at", "updatedAt"),
            ("last_payment_date", "next_payment_due_date"),
            ("pay_period_start_date", "pay_date"),
        ] {
            assert!(day(first) <= day(second), "{first}, {second}");
        }
    }
}
