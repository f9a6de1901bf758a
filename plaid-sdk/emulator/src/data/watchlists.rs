//! The entries of watchlists that the Sandbox is known to find. Which list each is on is a choice of ours.

use chrono::NaiveDate;

use crate::state::verify::{Listed, ScreeningKind};

/// An entry: what it is about, the name, the first and last day of birth, the country, a document, the list.
type Entry = (ScreeningKind, &'static str, [&'static str; 2], &'static str, &'static str, &'static str);

const ENTRIES: [Entry; 6] = [
    (ScreeningKind::Individual, "Joseph Kony", ["1964-09-18", "1964-09-18"], "CF", "", "US_SDN"),
    (ScreeningKind::Individual, "Jianshu Zhou", ["1971-07-15", "1971-07-15"], "CN", "E09598913", "US_SDN"),
    (ScreeningKind::Individual, "Ermias Ghermay", ["1980-01-01", "1980-12-31"], "LY", "", "US_SDN"),
    (ScreeningKind::Entity, "Iran Mobin Electronic Development Company", ["", ""], "IR", "10103492170", "US_SDN"),
    (ScreeningKind::Entity, "МИНСКИЙ ОТРЯД МИЛИЦИИ ОСОБОГО НАЗНАЧЕНИЯ", ["", ""], "BY", "", "EU_CON"),
    (ScreeningKind::Entity, "Islamic Radio And Television Union", ["", ""], "AF", "", "US_SDN"),
];

/// The entries.
pub fn entries() -> impl Iterator<Item = Listed> {
    ENTRIES.iter().map(|(kind, name, [first, last], country, document, list)| Listed {
        kind: *kind,
        name: (*name).to_owned(),
        born: day(first).zip(day(last)),
        country: Some((*country).to_owned()),
        document: Some(*document).filter(|number| !number.is_empty()).map(str::to_owned),
        list: (*list).to_owned(),
    })
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}
