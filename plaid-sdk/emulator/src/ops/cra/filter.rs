//! The categories of income that a request wants.

use serde_json::Value;

use super::income::Kind;
use crate::error::ApiError;

/// The categories without a filter.
const DEFAULT: [&str; 3] = ["EARNED_INCOME.*", "BENEFITS.DISABILITY", "RETIREMENT.*"];

/// Which categories of income are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    included: Vec<String>,
    excluded: Vec<String>,
}

impl Default for Filter {
    fn default() -> Self {
        Self { included: DEFAULT.map(str::to_owned).to_vec(), excluded: Vec::new() }
    }
}

impl Filter {
    /// Reads a filter. Without one, the default categories are wanted.
    ///
    /// # Errors
    /// `INVALID_FIELD` for a pattern that is neither `*` nor `PRIMARY.*` nor `PRIMARY.SECONDARY`.
    pub fn of(filter: Option<&Value>) -> Result<Self, ApiError> {
        let Some(filter) = filter.filter(|filter| filter.is_object()) else { return Ok(Self::default()) };
        let list = |name: &str| -> Vec<String> {
            let all = filter[name].as_array().into_iter().flatten().filter_map(Value::as_str);
            all.map(str::to_owned).collect()
        };
        let (included, excluded) = (list("included_categories"), list("excluded_categories"));
        if let Some(wrong) = included.iter().chain(&excluded).find(|pattern| !is_pattern(pattern)) {
            let message = format!("income_insights_filter: {wrong} is not a category, PRIMARY.* or *");
            return Err(ApiError::invalid_field(&message));
        }
        Ok(Self { included, excluded })
    }

    /// Whether a kind of income is wanted. What is excluded wins.
    pub fn wants(&self, kind: Kind) -> bool {
        let is_in = |all: &[String]| all.iter().any(|pattern| fits(pattern, kind));
        is_in(&self.included) && !is_in(&self.excluded)
    }
}

fn is_pattern(pattern: &str) -> bool {
    let is_name = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    match pattern.split_once('.') {
        Some((primary, secondary)) => is_name(primary) && (secondary == "*" || is_name(secondary)),
        None => pattern == "*",
    }
}

fn fits(pattern: &str, kind: Kind) -> bool {
    let (_, primary, secondary) = kind.wire();
    match pattern.split_once('.') {
        Some((first, second)) => first == primary && (second == "*" || second == secondary),
        None => pattern == "*",
    }
}

#[cfg(test)]
mod tests {
    use super::{Filter, Kind};
    use serde_json::json;

    #[test]
    fn what_is_excluded_wins() {
        let filter = json!({"included_categories": ["*"], "excluded_categories": ["EARNED_INCOME.*"]});
        let filter = Filter::of(Some(&filter)).expect("a filter");
        assert_eq!([Kind::Salary, Kind::Gig, Kind::Interest].map(|kind| filter.wants(kind)), [false, false, true]);
        let only = json!({"included_categories": ["EARNED_INCOME.SALARY"]});
        let only = Filter::of(Some(&only)).expect("a filter");
        assert_eq!([Kind::Salary, Kind::Gig].map(|kind| only.wants(kind)), [true, false]);
    }

    #[test]
    fn without_a_filter_earned_income_and_pensions_are_wanted() {
        let filter = Filter::of(None).expect("a filter");
        let kinds = [Kind::Salary, Kind::Disability, Kind::Retirement, Kind::Unemployment, Kind::Interest];
        assert_eq!(kinds.map(|kind| filter.wants(kind)), [true, true, true, false, false]);
        for wrong in ["SALARY", "salary.*", "A.B.C", "", ".*"] {
            assert!(Filter::of(Some(&json!({"included_categories": [wrong]}))).is_err(), "{wrong}");
        }
    }
}
