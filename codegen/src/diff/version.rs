//! What the changes ask of the crate's version, by the rules of Cargo.

use std::fmt;

use super::{Diff, Effect};

/// How much a version has to rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing that anybody could notice.
    None,
    /// Nothing to use that was not there before.
    Patch,
    /// There is more to use, or old programs fail against the new API and need the new crate.
    Minor,
    /// Programs that compiled may not compile any more.
    Major,
}

impl Bump {
    /// What a diff asks for.
    pub fn of(diff: &Diff) -> Self {
        if diff.breaks_build() {
            Self::Major
        } else if diff.breaks_wire() || diff.changes.iter().any(|change| !change.build.is_empty()) {
            Self::Minor
        } else if diff.changes.is_empty() && diff.old == diff.new {
            Self::None
        } else {
            Self::Patch
        }
    }

    /// Why, in a sentence with the figures.
    pub fn reason(self, diff: &Diff) -> String {
        let count = |is: &dyn Fn(&super::Change) -> bool| diff.changes.iter().filter(|change| is(change)).count();
        match self {
            Self::Major => {
                let breaking = count(&super::Change::breaks_build);
                format!("{breaking} of the changes may stop programs from compiling")
            }
            Self::Minor => {
                let wire = count(&|change| change.wire != Effect::No);
                let more = count(&|change| !change.build.is_empty());
                format!(
                    "all programs compile; {more} of the changes add or deprecate something, {wire} break old programs that run"
                )
            }
            Self::Patch => "programs see nothing of the changes".to_owned(),
            Self::None => "nothing changed".to_owned(),
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// The next version after `major.minor.patch`. Below 1.0.0 Cargo takes the minor number for the major one, and the patch
/// for the minor. `None` if the text is no such version.
pub fn next(version: &str, bump: Bump) -> Option<String> {
    let mut numbers = version.split('.').map(|number| number.parse::<u64>().ok());
    let (Some(Some(major)), Some(Some(minor)), Some(Some(patch)), None) =
        (numbers.next(), numbers.next(), numbers.next(), numbers.next())
    else {
        return None;
    };
    Some(match (bump, major) {
        (Bump::None, _) => version.to_owned(),
        (Bump::Major, 0) => format!("0.{}.0", minor + 1),
        (Bump::Major, _) => format!("{}.0.0", major + 1),
        (Bump::Minor, 1..) => format!("{major}.{}.0", minor + 1),
        (Bump::Minor, 0) | (Bump::Patch, _) => format!("{major}.{minor}.{}", patch + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::{Bump, next};

    #[test]
    fn below_one_the_numbers_move_up_a_place() {
        let all = [Bump::None, Bump::Patch, Bump::Minor, Bump::Major];
        let of = |version| all.map(|bump| next(version, bump).unwrap());
        assert_eq!(of("0.3.4"), ["0.3.4", "0.3.5", "0.3.5", "0.4.0"]);
        assert_eq!(of("2.3.4"), ["2.3.4", "2.3.5", "2.4.0", "3.0.0"]);
        assert_eq!(
            [next("1.2", Bump::Patch), next("1.2.3-rc.1", Bump::Patch), next("a.b.c", Bump::Major)],
            [None, None, None]
        );
    }
}
