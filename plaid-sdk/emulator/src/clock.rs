//! The virtual clock of a tenant. Every timestamp, expiry, schedule and delivery reads it.

use chrono::{DateTime, Datelike, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// The last year of a clock. Later times could not be written with four digits for long, and days up to there take time to pass.
const LAST_YEAR: i32 = 2999;

/// A time that is later by a duration, unless it is after the last year of a clock.
pub fn later(now: DateTime<Utc>, by: TimeDelta) -> Option<DateTime<Utc>> {
    now.checked_add_signed(by).filter(|time| time.year() <= LAST_YEAR)
}

/// A clock that follows the machine's, or stands still until it is moved. It never goes back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    mode: Mode,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    /// The machine's time, and this much later.
    Running { ahead: Duration },
    /// Always the same time.
    Frozen { at: DateTime<Utc> },
}

/// A duration in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct Duration(i64);

impl Default for Mode {
    fn default() -> Self {
        Self::Running { ahead: Duration::default() }
    }
}

impl Clock {
    /// A clock that stands still.
    pub fn frozen(at: DateTime<Utc>) -> Self {
        Self { mode: Mode::Frozen { at } }
    }

    /// The present, in whole milliseconds.
    pub fn now(&self) -> DateTime<Utc> {
        match self.mode {
            Mode::Running { ahead: Duration(ahead) } => machine() + TimeDelta::milliseconds(ahead),
            Mode::Frozen { at } => at,
        }
    }

    /// Whether a clock can have its time. An imported clock may have any.
    pub fn is_possible(&self) -> bool {
        let now = match self.mode {
            Mode::Running { ahead: Duration(ahead) } => {
                TimeDelta::try_milliseconds(ahead).and_then(|ahead| later(machine(), ahead))
            }
            Mode::Frozen { at } => later(at, TimeDelta::zero()),
        };
        now.is_some_and(|now| now.year() >= 1970)
    }

    /// Whether the clock stands still.
    pub fn is_frozen(&self) -> bool {
        matches!(self.mode, Mode::Frozen { .. })
    }

    /// Stops the clock at the present.
    pub fn freeze(&mut self) {
        self.mode = Mode::Frozen { at: self.now() };
    }

    /// Lets the clock run on from the present.
    pub fn run(&mut self) {
        self.mode = Mode::Running { ahead: Duration((self.now() - machine()).num_milliseconds()) };
    }

    /// Moves the clock forward.
    ///
    /// # Errors
    /// Returns the present if the new time is before it.
    pub fn move_to(&mut self, new: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
        let now = self.now();
        if new < now {
            return Err(now);
        }
        match &mut self.mode {
            Mode::Running { ahead } => ahead.0 += (new - now).num_milliseconds(),
            Mode::Frozen { at } => *at = new,
        }
        Ok(())
    }
}

fn machine() -> DateTime<Utc> {
    DateTime::<Utc>::from(std::time::SystemTime::now()).trunc_subsecs(3)
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use chrono::{DateTime, TimeDelta, Utc};

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000, 0).expect("a valid time")
    }

    #[test]
    fn a_frozen_clock_moves_only_when_it_is_told_to() {
        let mut clock = Clock::frozen(noon());
        assert_eq!((clock.now(), clock.is_frozen()), (noon(), true));
        assert_eq!(clock.move_to(noon() + TimeDelta::days(30)), Ok(()));
        assert_eq!(clock.now(), noon() + TimeDelta::days(30));
        assert_eq!(clock.move_to(noon()), Err(noon() + TimeDelta::days(30)), "it does not go back");
    }

    #[test]
    fn a_clock_has_a_last_year() {
        assert!(Clock::default().is_possible() && Clock::frozen(noon()).is_possible());
        assert!(!Clock::frozen(DateTime::<Utc>::MAX_UTC).is_possible());
        let far: Clock =
            serde_json::from_str(r#"{"mode": {"running": {"ahead": 9223372036854775807}}}"#).expect("JSON");
        assert!(!far.is_possible());
        assert!(super::later(noon(), TimeDelta::days(365)).is_some());
        assert!([TimeDelta::MAX, TimeDelta::days(365_000)].into_iter().all(|by| super::later(noon(), by).is_none()));
    }

    #[test]
    fn a_running_clock_keeps_what_it_is_ahead() {
        let mut clock = Clock::default();
        let later = clock.now() + TimeDelta::days(7);
        assert_eq!(clock.move_to(later), Ok(()));
        assert!(clock.now() >= later && clock.now() < later + TimeDelta::hours(1));
        clock.freeze();
        let frozen = clock.now();
        assert_eq!(clock.now(), frozen);
        clock.run();
        assert!(!clock.is_frozen() && clock.now() >= frozen);
    }
}
