//! Ledgers: balances that money is held on, paid from and taken back to, with a movement for each change.
//!
//! A ledger has two balances. What is still under way is *pending*: each amount is a hold of the object that it comes from. When
//! the hold ends, the amount is *available*. The sum of a ledger's holds is its pending balance, and the sum of its movements
//! is what its balances have changed by.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::ids::Ids;

/// What a movement comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its kind.
    pub kind: SourceKind,
    /// Its id.
    pub id: String,
}

/// The kind of object that a movement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SourceKind {
    /// A transfer.
    Transfer,
    /// A sweep: a deposit to a ledger or a withdrawal from it.
    Sweep,
    /// A refund.
    Refund,
    /// The client moved money from one ledger to another one.
    Distribution,
}

impl SourceKind {
    /// Its name in `source_type`.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Transfer => "TRANSFER",
            Self::Sweep => "SWEEP",
            Self::Refund => "REFUND",
            Self::Distribution => "DISTRIBUTION",
        }
    }
}

impl Source {
    /// A source.
    pub fn new(kind: SourceKind, id: &str) -> Self {
        Self { kind, id: id.to_owned() }
    }
}

/// One of the two balances of a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Balance {
    /// What can be used.
    Available,
    /// What is under way.
    Pending,
}

impl Balance {
    /// Its name.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Pending => "pending",
        }
    }
}

/// A change of one balance of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// Its id.
    pub id: String,
    /// The ledger.
    pub ledger: String,
    /// The balance that changed.
    pub balance: Balance,
    /// By how much: negative if the balance fell.
    pub amount: Decimal,
    /// What it comes from.
    pub source: Source,
    /// What happened, in words.
    pub description: String,
    /// The pending balance after it.
    pub pending: Decimal,
    /// The available balance after it.
    pub available: Decimal,
    /// When it happened.
    pub at: DateTime<Utc>,
}

/// An amount that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// What it comes from.
    pub source: Source,
    /// How much.
    pub amount: Decimal,
    /// When the hold is expected to end.
    pub due: DateTime<Utc>,
}

/// A ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is the client's default.
    pub is_default: bool,
    /// The client that it is kept for, if it is another one.
    #[serde(default)]
    pub originator: Option<String>,
    /// What can be used. It is below zero only after something was taken back that had been used.
    available: Decimal,
    /// What is under way.
    holds: Vec<Hold>,
}

/// A balance has less than an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLow;

/// Where the ids of movements come from, and when they happen.
pub struct Stamp<'a> {
    /// The ids.
    pub ids: &'a mut Ids,
    /// The time.
    pub at: DateTime<Utc>,
}

impl Ledger {
    /// A ledger that has an amount to begin with.
    pub fn new(id: &str, name: &str, is_default: bool, available: Decimal) -> Self {
        let (id, name) = (id.to_owned(), name.to_owned());
        Self { id, name, is_default, originator: None, available, holds: Vec::new() }
    }

    /// What can be used.
    pub fn available(&self) -> Decimal {
        self.available
    }

    /// What is under way.
    pub fn pending(&self) -> Decimal {
        self.holds.iter().map(|hold| hold.amount).sum()
    }

    /// What is under way, by what it comes from.
    pub fn holds(&self) -> &[Hold] {
        &self.holds
    }
}

/// The ledgers of a client, with all movements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledgers {
    all: Vec<Ledger>,
    movements: Vec<Movement>,
}

impl Ledgers {
    /// How many movements there are.
    pub fn len(&self) -> usize {
        self.movements.len()
    }

    /// Ledgers without movements.
    pub fn new(all: Vec<Ledger>) -> Self {
        Self { all, movements: Vec::new() }
    }

    /// All ledgers, the default one first.
    pub fn all(&self) -> &[Ledger] {
        &self.all
    }

    /// A ledger by its id.
    pub fn get(&self, id: &str) -> Option<&Ledger> {
        self.all.iter().find(|ledger| ledger.id == id)
    }

    /// Adds a ledger.
    pub fn add(&mut self, ledger: Ledger) {
        self.all.push(ledger);
    }

    /// All movements, oldest first.
    pub fn movements(&self) -> &[Movement] {
        &self.movements
    }

    /// Money comes in and is under way until `due` or later.
    pub fn hold(&mut self, stamp: &mut Stamp<'_>, id: &str, amount: Decimal, source: &Source, due: DateTime<Utc>) {
        let hold = Hold { source: source.clone(), amount, due };
        let change = Change::pending(amount, source, "money is on its way");
        self.change(stamp, id, change, |ledger| ledger.holds.push(hold));
    }

    /// Sets when the hold of a source is expected to end.
    pub fn set_due(&mut self, source: &Source, due: DateTime<Utc>) {
        let holds = self.all.iter_mut().flat_map(|ledger| &mut ledger.holds);
        holds.filter(|hold| hold.source == *source).for_each(|hold| hold.due = due);
    }

    /// The hold of a source ends, on each ledger that has one: the money can be used. Returns whether there was one.
    pub fn release(&mut self, stamp: &mut Stamp<'_>, source: &Source) -> bool {
        let held = self.held(source);
        for (id, amount) in &held {
            let end = |ledger: &mut Ledger| ledger.holds.retain(|hold| hold.source != *source);
            self.change(stamp, id, Change::pending(-*amount, source, "the hold ended"), end);
            self.change(stamp, id, Change::available(*amount, source, "the hold ended"), |_| {});
        }
        !held.is_empty()
    }

    /// The sources whose holds on a ledger end up to a time. `None` means all of them.
    pub fn due(&self, id: &str, until: Option<DateTime<Utc>>) -> Vec<Source> {
        let holds = self.get(id).map(Ledger::holds).unwrap_or_default();
        let mut due: Vec<Source> = Vec::new();
        for hold in holds.iter().filter(|hold| until.is_none_or(|until| hold.due <= until)) {
            if !due.contains(&hold.source) {
                due.push(hold.source.clone());
            }
        }
        due
    }

    /// Money goes out.
    ///
    /// # Errors
    /// If less is available: a payment never brings a ledger below zero.
    pub fn pay(&mut self, stamp: &mut Stamp<'_>, id: &str, amount: Decimal, source: &Source) -> Result<(), TooLow> {
        if self.get(id).is_none_or(|ledger| ledger.available < amount) {
            return Err(TooLow);
        }
        self.change(stamp, id, Change::available(-amount, source, "money is paid"), |_| {});
        Ok(())
    }

    /// Money comes in that can be used at once, such as a payment that came back.
    pub fn credit(&mut self, stamp: &mut Stamp<'_>, id: &str, amount: Decimal, source: &Source) {
        self.change(stamp, id, Change::available(amount, source, "money is credited"), |_| {});
    }

    /// Money that came in is taken back, because it never came or was returned: from its hold, or else from what is available,
    /// which may fall below zero.
    pub fn take_back(&mut self, stamp: &mut Stamp<'_>, id: &str, amount: Decimal, source: &Source) {
        let is_held = self.get(id).is_some_and(|ledger| ledger.holds.iter().any(|hold| hold.source == *source));
        let balance = if is_held { Balance::Pending } else { Balance::Available };
        let change = Change { balance, amount: -amount, source, why: "money is taken back" };
        self.change(stamp, id, change, |ledger| ledger.holds.retain(|hold| hold.source != *source));
    }

    /// How much of a source is held, by ledger.
    fn held(&self, source: &Source) -> Vec<(String, Decimal)> {
        let of = |ledger: &Ledger| {
            let own: Vec<Decimal> =
                ledger.holds.iter().filter(|hold| hold.source == *source).map(|hold| hold.amount).collect();
            (!own.is_empty()).then(|| (ledger.id.clone(), own.into_iter().sum()))
        };
        self.all.iter().filter_map(of).collect()
    }

    fn change(&mut self, stamp: &mut Stamp<'_>, id: &str, change: Change<'_>, hold: impl FnOnce(&mut Ledger)) {
        let Some(ledger) = self.all.iter_mut().find(|ledger| ledger.id == id) else { return };
        if change.balance == Balance::Available {
            ledger.available += change.amount;
        }
        hold(ledger);
        self.movements.push(Movement {
            id: stamp.ids.uuid(),
            ledger: ledger.id.clone(),
            balance: change.balance,
            amount: change.amount,
            source: change.source.clone(),
            description: change.why.to_owned(),
            pending: ledger.pending(),
            available: ledger.available,
            at: stamp.at,
        });
    }
}

/// How one balance changes.
struct Change<'a> {
    balance: Balance,
    amount: Decimal,
    source: &'a Source,
    why: &'static str,
}

impl<'a> Change<'a> {
    fn available(amount: Decimal, source: &'a Source, why: &'static str) -> Self {
        Self { balance: Balance::Available, amount, source, why }
    }

    fn pending(amount: Decimal, source: &'a Source, why: &'static str) -> Self {
        Self { balance: Balance::Pending, amount, source, why }
    }
}

#[cfg(test)]
mod tests {
    use super::{Balance, Ledger, Ledgers, Source, SourceKind, Stamp, TooLow};
    use crate::ids::Ids;
    use chrono::{DateTime, TimeDelta, Utc};
    use rust_decimal::Decimal;

    fn cents(cents: i64) -> Decimal {
        Decimal::new(cents, 2)
    }

    fn ledgers() -> Ledgers {
        let second = Ledger::new("b", "Second", false, Decimal::ZERO);
        Ledgers::new(vec![Ledger::new("a", "Default", true, cents(10_000)), second])
    }

    fn source(number: u64) -> Source {
        Source::new(SourceKind::Transfer, &number.to_string())
    }

    #[test]
    fn money_is_held_released_and_taken_back() {
        let (mut ledgers, mut ids) = (ledgers(), Ids::new(1, "ledger"));
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let mut stamp = Stamp { ids: &mut ids, at: now };
        let figures = |ledgers: &Ledgers| {
            let ledger = ledgers.get("a").expect("a ledger");
            (ledger.available(), ledger.pending())
        };
        ledgers.hold(&mut stamp, "a", cents(2_500), &source(1), now + TimeDelta::days(5));
        ledgers.hold(&mut stamp, "a", cents(500), &source(2), now + TimeDelta::days(1));
        assert_eq!(figures(&ledgers), (cents(10_000), cents(3_000)));
        assert_eq!(ledgers.due("a", Some(now + TimeDelta::days(2))), [source(2)]);
        assert!(ledgers.release(&mut stamp, &source(1)) && !ledgers.release(&mut stamp, &source(1)));
        assert_eq!(figures(&ledgers), (cents(12_500), cents(500)));
        assert_eq!(ledgers.pay(&mut stamp, "a", cents(12_501), &source(3)), Err(TooLow));
        assert_eq!(ledgers.pay(&mut stamp, "a", cents(12_500), &source(3)), Ok(()));
        // What is still held is taken from the hold, what was used is missing.
        ledgers.take_back(&mut stamp, "a", cents(500), &source(2));
        ledgers.take_back(&mut stamp, "a", cents(2_500), &source(1));
        assert_eq!(figures(&ledgers), (cents(-2_500), cents(0)));
        assert_eq!(ledgers.pay(&mut stamp, "nobody", cents(1), &source(4)), Err(TooLow));
    }

    /// Random movements: the balance of a ledger is the sum of its movements, each movement has the balances after it, the
    /// pending balance is never below zero, and a payment never brings the available one there.
    #[test]
    fn movements_add_up_to_the_balances() {
        for seed in 0..200 {
            let (mut ledgers, mut ids, mut random) = (ledgers(), Ids::new(seed, "ledger"), Ids::new(seed, "random"));
            let now = DateTime::<Utc>::UNIX_EPOCH;
            for step in 0..120_u64 {
                let mut stamp = Stamp { ids: &mut ids, at: now };
                let id = if random.below(2) == 0 { "a" } else { "b" };
                let amount = cents(i64::try_from(random.below(9_000) + 1).expect("a number"));
                let some = source(random.below(step + 1));
                match random.below(5) {
                    0 => ledgers.hold(&mut stamp, id, amount, &source(step), now),
                    1 => {
                        let was_held = !ledgers.held(&some).is_empty();
                        assert_eq!(ledgers.release(&mut stamp, &some), was_held);
                    }
                    2 => {
                        let before = ledgers.get(id).map(Ledger::available);
                        let paid = ledgers.pay(&mut stamp, id, amount, &source(step));
                        assert_eq!(paid.is_ok(), before.is_some_and(|before| before >= amount));
                        assert!(paid.is_err() || ledgers.get(id).is_some_and(|one| one.available() >= Decimal::ZERO));
                    }
                    3 => ledgers.credit(&mut stamp, id, amount, &source(step)),
                    _ => {
                        let held = ledgers.held(&some).into_iter().find(|(ledger, _)| ledger == id);
                        let amount = held.map_or(amount, |(_, amount)| amount);
                        ledgers.take_back(&mut stamp, id, amount, &some);
                    }
                }
                for ledger in ledgers.all() {
                    let own: Vec<_> = ledgers.movements().iter().filter(|one| one.ledger == ledger.id).collect();
                    let sum = |balance: Balance| {
                        own.iter().filter(|one| one.balance == balance).map(|one| one.amount).sum::<Decimal>()
                    };
                    let start = if ledger.id == "a" { cents(10_000) } else { Decimal::ZERO };
                    assert_eq!(ledger.available(), start + sum(Balance::Available), "seed {seed}, step {step}");
                    assert_eq!(ledger.pending(), sum(Balance::Pending), "seed {seed}, step {step}");
                    assert!(ledger.pending() >= Decimal::ZERO, "seed {seed}, step {step}");
                    let last = own.last().map(|one| (one.available, one.pending));
                    assert!(last.is_none_or(|last| last == (ledger.available(), ledger.pending())));
                }
            }
        }
    }
}
