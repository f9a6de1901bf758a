//! The institutions of the Sandbox that are known by their purpose, and synthetic ones, so that lists have several pages.

/// An institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Institution {
    /// Plaid's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The country: `US`, `CA` or `GB`.
    pub country: &'static str,
    /// Whether the user logs in on the bank's own page.
    pub oauth: bool,
    /// How its logins behave.
    pub health: Health,
    /// The primary colour of its brand, for those where it is known.
    pub color: Option<&'static str>,
}

/// How the logins of an institution behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// They succeed.
    Healthy,
    /// They succeed, and the status says that many fail.
    Degraded,
    /// They fail with `INSTITUTION_DOWN`.
    Down,
    /// They fail with `INSTITUTION_NO_LONGER_SUPPORTED`.
    Unsupported,
}

struct Known {
    id: &'static str,
    name: &'static str,
    country: &'static str,
    oauth: bool,
    health: Health,
}

const fn us(id: &'static str, name: &'static str) -> Known {
    Known { id, name, country: "US", oauth: false, health: Health::Healthy }
}

const KNOWN: [Known; 23] = [
    us("ins_109508", "First Platypus Bank"),
    us("ins_109509", "First Gingham Credit Union"),
    us("ins_109510", "Tattersall Federal Credit Union"),
    us("ins_109511", "Tartan Bank"),
    us("ins_109512", "Houndstooth Bank"),
    us("ins_130016", "First Platypus Balance Bank"),
    Known { oauth: true, ..us("ins_127287", "Platypus OAuth Bank") },
    Known { oauth: true, ..us("ins_132241", "First Platypus OAuth App2App Bank") },
    Known { country: "CA", ..us("ins_43", "Tartan-Dominion Bank of Canada") },
    Known { country: "GB", oauth: true, ..us("ins_116834", "Flexible Platypus Bank UK") },
    Known { country: "GB", oauth: true, ..us("ins_117650", "Royal Platypus Bank UK") },
    Known { country: "GB", oauth: true, ..us("ins_117181", "Platypus Bank EU QR") },
    us("ins_135858", "Windowpane Bank"),
    Known { health: Health::Degraded, ..us("ins_132363", "Unhealthy Platypus Bank - Degraded") },
    Known { health: Health::Down, ..us("ins_132361", "Unhealthy Platypus Bank - Down") },
    Known { health: Health::Unsupported, ..us("ins_133402", "Unsupported Platypus Bank") },
    us("ins_133502", "RUX Auth Bank"),
    us("ins_133503", "RUX Match Bank"),
    us("ins_115616", "Platypus Securities"),
    us("ins_115617", "Platypus Brokerage"),
    us("ins_135842", "Platypus Wealth"),
    us("ins_1", "Bank of America"),
    us("ins_56", "Chase"),
];

const FIRST: [&str; 10] = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Hazel", "Juniper", "Larch", "Maple"];
const SECOND: [&str; 10] = [
    "Savings Bank",
    "Community Bank",
    "Credit Union",
    "Trust",
    "National Bank",
    "Federal Credit Union",
    "Mutual Bank",
    "State Bank",
    "Financial",
    "Bancorp",
];

/// All institutions, in a fixed order: the known ones first.
pub fn all() -> Vec<Institution> {
    let known = KNOWN.iter().map(|known| Institution {
        id: known.id.to_owned(),
        name: known.name.to_owned(),
        country: known.country,
        oauth: known.oauth,
        health: known.health,
        color: (known.id == "ins_109511").then_some("#174e7c"),
    });
    let names = SECOND.iter().flat_map(|second| FIRST.iter().map(move |first| format!("{first} {second}")));
    let synthetic = names.enumerate().map(|(index, name)| Institution {
        id: format!("ins_9000{index:02}"),
        name,
        country: "US",
        oauth: false,
        health: Health::Healthy,
        color: None,
    });
    known.chain(synthetic).collect()
}

#[cfg(test)]
mod tests {
    use super::all;
    use std::collections::BTreeSet;

    #[test]
    fn ids_and_names_are_unique_and_lists_have_several_pages() {
        let all = all();
        assert_eq!(all.iter().map(|one| &one.id).collect::<BTreeSet<_>>().len(), all.len());
        assert_eq!(all.iter().map(|one| &one.name).collect::<BTreeSet<_>>().len(), all.len());
        assert!(all.len() > 100);
    }
}
