//! Payments whose risk was evaluated, and the rules that the application's team has set for them.

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{AccountId, ItemId};

/// What a tenant has of Signal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Signal {
    /// The payments, by the application's id of them.
    pub payments: IndexMap<String, Payment>,
    /// The rulesets, by key. Without any, the emulator's own answers to every key.
    pub rulesets: IndexMap<String, Ruleset>,
    /// Whether the team has signed the contract for Signal.
    pub is_signed: bool,
    /// Whether the team may use rulesets that look at scores.
    pub has_scores: bool,
}

impl Default for Signal {
    fn default() -> Self {
        Self { payments: IndexMap::new(), rulesets: IndexMap::new(), is_signed: true, has_scores: true }
    }
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Payment {
    /// The Item whose account pays.
    pub item: ItemId,
    /// The account.
    pub account: AccountId,
    /// The amount.
    pub amount: Decimal,
    /// When it was first named.
    pub at: DateTime<Utc>,
    /// How far it has come.
    pub stage: Stage,
    /// The ACH code of its return, if it came back.
    pub returned: Option<String>,
}

/// How far a payment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// A date for it was looked for. It can still be evaluated.
    Scheduled,
    /// It was evaluated.
    Evaluated,
    /// The application has started it.
    Initiated,
    /// The application has decided not to start it.
    Refused,
}

impl Stage {
    /// Whether the payment can be evaluated now. An id is evaluated once.
    pub fn can_be_evaluated(self) -> bool {
        matches!(self, Self::Scheduled)
    }

    /// Whether the payment can come back.
    pub fn can_return(self) -> bool {
        !matches!(self, Self::Refused)
    }

    /// The stage after the application has said what it decided. A later decision corrects an earlier one.
    pub fn decided(is_initiated: bool) -> Self {
        if is_initiated { Self::Initiated } else { Self::Refused }
    }
}

/// The rules for some payments. The first rule that fits decides; without one the payment is accepted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ruleset {
    /// Whether it looks at the balance alone, so that nothing is scored.
    pub is_balance_only: bool,
    /// The rules, in order.
    pub rules: Vec<Rule>,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// What has to be so, all of it.
    pub when: Vec<Condition>,
    /// What happens to the payment.
    pub result: Outcome,
    /// A note for the team.
    pub note: Option<String>,
    /// A key for the application's code.
    pub action: Option<String>,
}

/// What has to be so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// An attribute or a score.
    pub field: String,
    /// How it is compared.
    pub test: Test,
}

/// How an attribute is compared.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// It is a number that is not smaller.
    AtLeast(Decimal),
    /// It is a smaller number.
    Below(Decimal),
    /// It is this flag.
    Is(bool),
}

/// What happens to a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// It is started.
    Accept,
    /// Somebody looks at it first.
    Review,
    /// The user pays in another way.
    Reroute,
}

impl Outcome {
    /// Its name in responses.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Accept => "ACCEPT",
            Self::Review => "REVIEW",
            Self::Reroute => "REROUTE",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Stage;

    #[test]
    fn each_stage_has_its_ways_on() {
        let all = [Stage::Scheduled, Stage::Evaluated, Stage::Initiated, Stage::Refused];
        assert_eq!(all.map(Stage::can_be_evaluated), [true, false, false, false]);
        assert_eq!(all.map(Stage::can_return), [true, true, true, false]);
        assert_eq!([true, false].map(Stage::decided), [Stage::Initiated, Stage::Refused]);
    }
}
