//! Ranking by words.

use std::collections::{BTreeMap, HashMap};

use super::entries::Draft;
use super::typos::Typos;
use super::words::{Words, is_telling, stem, words};

/// How much a word counts, by where it is.
const NAME: f32 = 10.0;
const KEYWORD: f32 = 9.0;
const ABOUT: f32 = 4.0;
const TEXT: f32 = 1.5;

/// How much of it counts if the query has another form of the word, only its beginning, or a synonym.
const FORM: f32 = 0.95;
const BEGINNING: f32 = 0.6;
const SYNONYM: f32 = 0.8;

/// The least letters of a word's beginning.
const LEAST: usize = 2;

/// How much more an entry counts if the query has all words of its name.
const WHOLE_NAME: f32 = 0.5;

/// Where words are, and how much they count there.
#[derive(Debug)]
pub(super) struct Ranking {
    /// By word, the entries with it and how much it counts, with the best first for an entry.
    words: BTreeMap<String, Vec<Posting>>,
    /// By stem, the words that have it.
    forms: HashMap<String, Vec<String>>,
    synonyms: HashMap<String, Vec<String>>,
    /// By entry.
    weights: Vec<f32>,
    /// By entry, how many words its name has.
    name_lengths: Vec<u16>,
    typos: Typos,
}

/// What an export contains.
pub(super) struct Parts<'a> {
    pub words: BTreeMap<&'a str, Vec<u32>>,
    pub synonyms: BTreeMap<&'a str, &'a [String]>,
    pub weights: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Posting {
    entry: u32,
    weight: f32,
    in_name: bool,
}

/// What an entry has of a query.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    words: u32,
    sum: f32,
    in_name: u16,
}

impl Ranking {
    pub(super) fn of(drafts: &[Draft], said: &Words) -> Self {
        let mut all: BTreeMap<String, Vec<Posting>> = BTreeMap::new();
        let mut common: Vec<&str> = Vec::new();
        for (index, draft) in drafts.iter().enumerate() {
            let parts =
                [(&draft.name_words, NAME), (&draft.keywords, KEYWORD), (&draft.about, ABOUT), (&draft.text, TEXT)];
            let mut best: BTreeMap<&str, f32> = BTreeMap::new();
            for (words, weight) in parts {
                // A name may be a silent word: `from`.
                for word in words.iter().filter(|word| weight == NAME || is_telling(word)) {
                    let known = best.entry(word).or_insert(weight);
                    *known = known.max(weight);
                }
            }
            for (word, weight) in best {
                let in_name = weight == NAME;
                if weight >= KEYWORD {
                    common.push(word);
                }
                let posting = Posting { entry: u32::try_from(index).unwrap_or(u32::MAX), weight, in_name };
                all.entry(word.to_owned()).or_default().push(posting);
            }
        }
        let mut forms: HashMap<String, Vec<String>> = HashMap::new();
        for word in all.keys() {
            forms.entry(stem(word).to_owned()).or_default().push(word.clone());
        }
        let synonyms = said.synonyms.iter().map(|(word, means)| (word.clone(), means.clone())).collect();
        let name_length = |draft: &Draft| {
            let telling = draft.name_words.iter().filter(|word| is_telling(word));
            u16::try_from(telling.count()).unwrap_or(u16::MAX)
        };
        Self {
            words: all,
            forms,
            synonyms,
            weights: drafts.iter().map(|draft| draft.weight).collect(),
            name_lengths: drafts.iter().map(name_length).collect(),
            typos: Typos::of(common),
        }
    }

    /// The entries that have the query's words, the best first. Words are corrected if nothing has any of them, unless the
    /// query `is_known` as a name.
    pub(super) fn rank(&self, query: &str, is_known: bool) -> Vec<usize> {
        let mut asked = words(query);
        // A query of silent words only is looked for as it is.
        if asked.iter().any(|word| is_telling(word)) {
            asked.retain(|word| is_telling(word));
        }
        asked.dedup();
        let found = self.scored(&asked);
        if !found.is_empty() || is_known {
            return found;
        }
        let corrected: Vec<String> = asked.iter().map(|word| self.typos.correct(word)).collect();
        if corrected == asked { Vec::new() } else { self.scored(&corrected) }
    }

    /// What an export contains: by word, the entries and how much it counts there, in tenths; the synonyms; the weights of
    /// the entries, in hundredths.
    pub(super) fn parts(&self) -> Parts<'_> {
        let flat = |postings: &[Posting]| {
            postings.iter().flat_map(|posting| [posting.entry, (posting.weight * 10.0).round() as u32]).collect()
        };
        Parts {
            words: self.words.iter().map(|(word, postings)| (word.as_str(), flat(postings))).collect(),
            synonyms: self.synonyms.iter().map(|(word, means)| (word.as_str(), means.as_slice())).collect(),
            weights: self.weights.iter().map(|weight| (weight * 100.0).round() as u32).collect(),
        }
    }

    /// The entries that have all the words; if there are none, those that have the most.
    fn scored(&self, asked: &[String]) -> Vec<usize> {
        let mut scores: HashMap<u32, Score> = HashMap::new();
        for word in asked {
            for (entry, (value, in_name)) in self.matches(word) {
                let score = scores.entry(entry).or_default();
                score.words += 1;
                score.sum += value;
                score.in_name += u16::from(in_name);
            }
        }
        let most = scores.values().map(|score| score.words).max().unwrap_or(0);
        // Some word of a long query may be unknown, but one known word of several says too little.
        if (most as usize) * 2 < asked.len() {
            return Vec::new();
        }
        let mut found: Vec<(f32, u32)> = scores
            .iter()
            .filter(|(_, score)| score.words == most)
            .map(|(entry, score)| (self.total(*entry, score), *entry))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.into_iter().map(|(_, entry)| entry as usize).collect()
    }

    fn total(&self, entry: u32, score: &Score) -> f32 {
        let index = entry as usize;
        let length = self.name_lengths.get(index).copied().unwrap_or(1).max(1);
        let covered = f32::from(score.in_name.min(length)) / f32::from(length);
        score.sum * self.weights.get(index).copied().unwrap_or(0.0) * (1.0 + WHOLE_NAME * covered)
    }

    /// The entries that have a word, or one that it may mean, with how much that counts.
    fn matches(&self, word: &str) -> HashMap<u32, (f32, bool)> {
        let mut found: HashMap<u32, (f32, bool)> = HashMap::new();
        let mut add = |known: &str, share: f32| {
            for posting in self.words.get(known).into_iter().flatten() {
                let value = posting.weight * share * self.rarity(known);
                let best = found.entry(posting.entry).or_insert((0.0, false));
                best.0 = best.0.max(value);
                best.1 |= posting.in_name;
            }
        };
        add(word, 1.0);
        for form in self.forms.get(stem(word)).into_iter().flatten().filter(|form| *form != word) {
            add(form, FORM);
        }
        for synonym in self.synonyms.get(word).into_iter().flatten() {
            add(synonym, SYNONYM);
            for form in self.forms.get(stem(synonym)).into_iter().flatten().filter(|form| *form != synonym) {
                add(form, SYNONYM * FORM);
            }
        }
        if word.chars().count() >= LEAST {
            let range = self.words.range::<str, _>((std::ops::Bound::Excluded(word), std::ops::Bound::Unbounded));
            for (known, _) in range.take_while(|(known, _)| known.starts_with(word)) {
                add(known, BEGINNING * word.len() as f32 / known.len() as f32);
            }
        }
        found
    }

    /// Words that few entries have count more than those that many have.
    fn rarity(&self, word: &str) -> f32 {
        let count = self.words.get(word).map_or(1, Vec::len).max(1);
        (1.0 + self.weights.len() as f32 / count as f32).ln()
    }
}
