//! The version bump that the changes require, by Cargo's rules.

use std::fmt;

use super::{Diff, Effect};

/// A version bump.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// No change is visible.
    None,
    /// Nothing is added for programs to use.
    Patch,
    /// There are additions, or old programs fail against the new API and need the new crate.
    Minor,
    /// Programs that compiled may no longer compile.
    Major,
}

impl Bump {
    /// The bump that a diff requires.
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

    /// The reason, in a sentence with the counts.
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
            Self::Patch => "the changes do not affect programs".to_owned(),
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

/// The next version after `major.minor.patch`. Below 1.0.0, Cargo treats the minor number as the major one, and the
/// patch number as the minor one. Returns `None` if the text is not such a version.
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
    fn below_one_the_minor_number_counts_as_major() {
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
