//! The index as JSON, for a page that searches in the browser.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rank::Parts;
use super::{Entry, Index, Item, Side};

/// How many places of a property are exported.
const PLACES: usize = 4;

/// An entry as JSON. The kind is the name of the only member besides `about`.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Exported<'a> {
    Operation { id: &'a str, method: &'a str, path: &'a str },
    Property { name: &'a str, places: Vec<String>, count: usize },
    Webhook { kind: &'a str, code: &'a str },
    ErrorCode { code: &'a str },
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    item: Exported<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    about: &'a str,
    /// How much it counts, in hundredths.
    weight: u32,
}

#[derive(Serialize)]
struct Whole<'a> {
    entries: Vec<Line<'a>>,
    /// By word, the entries that have it and how much it counts there: positions in `entries` and tenths, in turn.
    words: BTreeMap<&'a str, Vec<u32>>,
    synonyms: BTreeMap<&'a str, &'a [String]>,
}

impl Index {
    /// The index as JSON, with the same order at every call. `entries` has all items; `words` the entries that have each
    /// word and how much it counts there; `synonyms` what a word of a query may also mean. Of a property with many places,
    /// the first are there, with the number of all: `operation < path` in a request, `operation > path` in a response.
    ///
    /// # Errors
    /// None for an index that was built: serde's signature has one.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let Parts { words, synonyms, weights } = self.ranking.parts();
        let entries = self.entries.iter().zip(weights);
        let line = |(entry, weight)| Line { item: exported(entry), about: &entry.about, weight };
        serde_json::to_string(&Whole { entries: entries.map(line).collect(), words, synonyms })
    }
}

fn exported(entry: &Entry) -> Exported<'_> {
    match &entry.item {
        Item::Operation { id, method, path } => Exported::Operation { id, method, path },
        Item::Property { name, places } => {
            let place = |place: &super::Place| {
                let sign = match place.side {
                    Side::Request => '<',
                    Side::Response | Side::Webhook => '>',
                };
                format!("{} {sign} {}", place.of, place.path)
            };
            Exported::Property { name, places: places.iter().take(PLACES).map(place).collect(), count: places.len() }
        }
        Item::Webhook { kind, code } => Exported::Webhook { kind, code },
        Item::ErrorCode(code) => Exported::ErrorCode { code },
    }
}
