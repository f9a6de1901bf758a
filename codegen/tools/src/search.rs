//! Search over an API: its operations, properties, webhooks and error codes.
//!
//! Whoever writes an exact name means it: a path, an `operationId`, a method of the SDK, a webhook's pair, an error code or a
//! property comes first, also without separators (`linktokencreate`) and in other letter case. Else the words of the query
//! are looked for in names, keywords and docs, where names count most. If no item has all words, those with the most count;
//! only if nothing is found at all, words are corrected.

mod entries;
mod exact;
mod export;
mod places;
mod rank;
mod typos;
mod words;

use api_model::Api;
use api_model::layout::Layout;

use self::exact::Exact;
pub use self::places::{Place, Side};
use self::rank::Ranking;
pub use self::words::Words;

/// An index over an API.
#[derive(Debug)]
pub struct Index {
    entries: Vec<Entry>,
    exact: Exact,
    ranking: Ranking,
}

/// An item that can be found.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is.
    pub item: Item,
    /// What it is about, in one line; empty for a property that has no text.
    pub about: String,
}

/// The kinds of items that can be found.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// An operation.
    Operation {
        /// Its `operationId`.
        id: String,
        /// The HTTP method, in capitals.
        method: String,
        /// The path.
        path: String,
    },
    /// A property, wherever it is used.
    Property {
        /// Its name.
        name: String,
        /// Where it is used, the most common place first: each operation and webhook once for each side.
        places: Vec<Place>,
    },
    /// A webhook.
    Webhook {
        /// The first half of its pair.
        kind: String,
        /// The second half.
        code: String,
    },
    /// An error code.
    ErrorCode(String),
}

/// A result of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit<'a> {
    /// What was found.
    pub entry: &'a Entry,
    /// The place of a property that the query names (`user.phone_number`), if it names one.
    pub place: Option<&'a Place>,
}

impl Index {
    /// The index of an API. `words` is what people say for the words of the API.
    pub fn build(api: &Api, layout: &Layout, words: &Words) -> Self {
        let drafts = entries::of(api, layout, words);
        let exact = Exact::of(&drafts);
        let ranking = Ranking::of(&drafts, words);
        let entries = drafts.into_iter().map(|draft| draft.entry).collect();
        Self { entries, exact, ranking }
    }

    /// The items that the query means, the best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit<'_>> {
        let query = query.trim();
        let exact = self.exact.find(query, &self.entries);
        let ranked = self.ranking.rank(query, !exact.is_empty());
        let rest = ranked.into_iter().filter(|index| !exact.contains(index));
        let all = exact.iter().copied().chain(rest).take(limit);
        let entries = all.filter_map(|index| self.entries.get(index));
        entries.map(|entry| Hit { entry, place: places::named(entry, query) }).collect()
    }

    /// Everything that can be found.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}
