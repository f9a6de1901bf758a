//! What is decided about a proposed transfer: a table of conditions. The first that holds decides.

use rust_decimal::Decimal;

use crate::state::Decision::{self, Approved, Declined, UserActionRequired};
use crate::state::{LoginRequired, Rationale, TransferKind, VerificationStatus};

/// What a decision depends on.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Whether a limit of the client is reached.
    pub is_over_limit: bool,
    /// Whether the login of the payment profile that is debited no longer works.
    pub profile_needs_login: bool,
    /// Whether the application knew the account's numbers.
    pub is_migrated: bool,
    /// How far the verification of the account's numbers is, if the user entered them.
    pub verification: Option<VerificationStatus>,
    /// Which way the money goes.
    pub kind: TransferKind,
    /// How much.
    pub amount: Decimal,
    /// What is available on the client's ledger.
    pub ledger: Decimal,
    /// Whether the account can be looked at.
    pub login: Login,
    /// What is decided if the user has to log in.
    pub rule: LoginRequired,
    /// What is available on the account. `None`: nobody knows.
    pub balance: Option<Decimal>,
}

/// Whether an account can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Login {
    /// It can.
    Works,
    /// The user has to log in.
    Required,
    /// It can't, for another reason.
    Fails,
}

impl Case {
    fn is_debit(&self) -> bool {
        self.kind == TransferKind::Debit
    }

    /// Whether the user entered the numbers, and nobody has confirmed them.
    fn is_unverified(&self) -> bool {
        use VerificationStatus as Is;
        self.verification.is_some_and(|status| match status {
            Is::DatabaseInsightsFail
            | Is::PendingAutomaticVerification
            | Is::PendingManualVerification
            | Is::VerificationExpired
            | Is::VerificationFailed => true,
            Is::AutomaticallyVerified
            | Is::ManuallyVerified
            | Is::DatabaseMatched
            | Is::DatabaseInsightsPass
            | Is::DatabaseInsightsPassWithCaution => false,
        })
    }
}

/// A line of the table.
pub struct Row {
    when: fn(&Case) -> bool,
    /// What is decided.
    pub decision: Decision,
    /// Why.
    pub rationale: Option<Rationale>,
    /// Why, in words.
    pub because: &'static str,
}

const fn row(when: fn(&Case) -> bool, decision: Decision, rationale: Option<Rationale>, because: &'static str) -> Row {
    Row { when, decision, rationale, because }
}

/// The table, in its order.
static TABLE: [Row; 13] = [
    row(|case| case.is_over_limit, Declined, Some(Rationale::LimitReached), "a limit of the client is reached"),
    row(
        |case| case.is_debit() && case.profile_needs_login,
        UserActionRequired,
        Some(Rationale::ProfileLoginRequired),
        "the user of the payment profile has to log in",
    ),
    row(|case| case.is_migrated, Approved, Some(Rationale::Migrated), "the account was migrated"),
    row(Case::is_unverified, Declined, Some(Rationale::Risk), "the account's numbers are not verified"),
    row(
        |case| case.verification.is_some(),
        Approved,
        Some(Rationale::ManuallyVerified),
        "the user entered the account's numbers",
    ),
    row(
        |case| !case.is_debit() && case.amount > case.ledger,
        Declined,
        Some(Rationale::Nsf),
        "the ledger has less money than the amount",
    ),
    row(
        |case| case.is_debit() && case.login == Login::Required && case.rule == LoginRequired::Approved,
        Approved,
        Some(Rationale::LoginRequired),
        "the account can't be looked at until the user logs in",
    ),
    row(
        |case| case.is_debit() && case.login == Login::Required,
        UserActionRequired,
        Some(Rationale::LoginRequired),
        "the user has to log in",
    ),
    row(
        |case| case.is_debit() && case.login == Login::Fails,
        Approved,
        Some(Rationale::Error),
        "the account can't be looked at",
    ),
    row(
        |case| case.is_debit() && case.balance.is_some_and(|balance| balance.is_zero()),
        Declined,
        Some(Rationale::Risk),
        "the account has no money",
    ),
    row(
        |case| case.is_debit() && case.balance.is_some_and(|balance| case.amount > balance),
        Declined,
        Some(Rationale::Nsf),
        "the account has less money than the amount",
    ),
    row(Case::is_debit, Approved, None, "the account has the money"),
    row(|_| true, Approved, None, "the ledger has the money"),
];

/// The first line that holds.
pub fn decide(case: &Case) -> &'static Row {
    let last = &TABLE[TABLE.len() - 1];
    TABLE.iter().find(|row| (row.when)(case)).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::{Case, Login, TABLE, decide};
    use crate::state::{Decision, LoginRequired, Rationale, TransferKind, VerificationStatus};
    use rust_decimal::Decimal;

    fn plain() -> Case {
        Case {
            is_over_limit: false,
            profile_needs_login: false,
            is_migrated: false,
            verification: None,
            kind: TransferKind::Debit,
            amount: Decimal::from(50),
            ledger: Decimal::from(100),
            login: Login::Works,
            rule: LoginRequired::default(),
            balance: Some(Decimal::from(100)),
        }
    }

    /// Each line decides a case that only it decides so, and an earlier line wins over a later one.
    #[test]
    fn the_first_line_that_holds_decides() {
        let limit = Case { is_over_limit: true, ..plain() };
        let profile = Case { profile_needs_login: true, ..plain() };
        let migrated = Case { is_migrated: true, ..plain() };
        let unverified = |status| Case { verification: Some(status), ..plain() };
        let credit = Case { kind: TransferKind::Credit, ..plain() };
        let login = Case { login: Login::Required, ..plain() };
        let zero = Some(Decimal::ZERO);
        let declined = |why| (Decision::Declined, Some(why));
        let approved = |why| (Decision::Approved, Some(why));
        let cases = [
            (limit, declined(Rationale::LimitReached)),
            (Case { is_migrated: true, balance: zero, ..limit }, declined(Rationale::LimitReached)),
            (
                Case { is_migrated: true, ..profile },
                (Decision::UserActionRequired, Some(Rationale::ProfileLoginRequired)),
            ),
            (Case { kind: TransferKind::Credit, ..profile }, (Decision::Approved, None)),
            (migrated, approved(Rationale::Migrated)),
            (
                Case { verification: Some(VerificationStatus::VerificationFailed), ..migrated },
                approved(Rationale::Migrated),
            ),
            (unverified(VerificationStatus::DatabaseInsightsFail), declined(Rationale::Risk)),
            (unverified(VerificationStatus::PendingAutomaticVerification), declined(Rationale::Risk)),
            (unverified(VerificationStatus::PendingManualVerification), declined(Rationale::Risk)),
            (unverified(VerificationStatus::VerificationExpired), declined(Rationale::Risk)),
            (unverified(VerificationStatus::VerificationFailed), declined(Rationale::Risk)),
            (unverified(VerificationStatus::ManuallyVerified), approved(Rationale::ManuallyVerified)),
            (unverified(VerificationStatus::DatabaseInsightsPassWithCaution), approved(Rationale::ManuallyVerified)),
            (Case { amount: Decimal::from(101), ..credit }, declined(Rationale::Nsf)),
            (Case { login: Login::Required, balance: zero, ..credit }, (Decision::Approved, None)),
            (Case { balance: zero, ..login }, (Decision::UserActionRequired, Some(Rationale::LoginRequired))),
            (Case { rule: LoginRequired::Approved, ..login }, approved(Rationale::LoginRequired)),
            (Case { login: Login::Fails, balance: zero, ..plain() }, approved(Rationale::Error)),
            (Case { balance: zero, ..plain() }, declined(Rationale::Risk)),
            (Case { amount: Decimal::new(10_001, 2), ..plain() }, declined(Rationale::Nsf)),
            (Case { balance: None, ..plain() }, (Decision::Approved, None)),
            (Case { amount: Decimal::from(100), ..plain() }, (Decision::Approved, None)),
        ];
        for (case, expected) in cases {
            let row = decide(&case);
            assert_eq!((row.decision, row.rationale), expected, "{case:?}");
        }
        let used = |row: &super::Row| cases.iter().any(|(case, _)| std::ptr::eq(decide(case), row));
        assert!(TABLE.iter().all(used), "each line decides one of the cases");
    }
}
