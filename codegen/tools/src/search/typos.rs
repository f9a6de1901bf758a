//! Corrects words that nothing has.

/// The words that a misspelt one may have been meant to be.
#[derive(Debug)]
pub(super) struct Typos {
    words: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    word: String,
    letters: Vec<char>,
    /// A bit for each letter or digit that it contains.
    set: u64,
    /// How many entries have it.
    count: usize,
}

impl Typos {
    /// Of these words, each as often as entries have it.
    pub(super) fn of(mut words: Vec<&str>) -> Self {
        words.sort_unstable();
        let mut all: Vec<Known> = Vec::new();
        for word in words {
            match all.last_mut() {
                Some(last) if last.word == word => last.count += 1,
                _ => {
                    let letters: Vec<char> = word.chars().collect();
                    all.push(Known { word: word.to_owned(), set: set(&letters), letters, count: 1 });
                }
            }
        }
        Self { words: all }
    }

    /// The word that is closest; of equally close ones, that which most entries have. The word itself if none is close.
    pub(super) fn correct(&self, word: &str) -> String {
        let letters: Vec<char> = word.chars().collect();
        // Words of three letters have too many neighbours.
        let allowed = match letters.len() {
            0..=3 => return word.to_owned(),
            4..=5 => 1,
            6..=32 => 2,
            _ => return word.to_owned(),
        };
        let own = set(&letters);
        let mut best: Option<(usize, usize, &Known)> = None;
        for known in &self.words {
            // Each change adds or removes two different letters at most.
            if known.letters.len().abs_diff(letters.len()) > allowed
                || (known.set ^ own).count_ones() as usize > 2 * allowed
            {
                continue;
            }
            let distance = distance(&letters, &known.letters);
            let rank = (distance, usize::MAX - known.count, known);
            if distance <= allowed && best.is_none_or(|best| (rank.0, rank.1) < (best.0, best.1)) {
                best = Some(rank);
            }
        }
        best.map_or_else(|| word.to_owned(), |(_, _, known)| known.word.clone())
    }
}

fn set(letters: &[char]) -> u64 {
    letters.iter().fold(0, |set, letter| set | 1 << (u32::from(*letter) % 64))
}

/// How many letters must be inserted, removed, replaced or swapped with the next one.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut two_above: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i + 1);
        for (j, to) in b.iter().enumerate() {
            let mut least = (above[j] + usize::from(from != to)).min(above[j + 1] + 1).min(row[j] + 1);
            // two swapped letters are one mistake
            if i > 0 && j > 0 && a[i - 1] == *to && *from == b[j - 1] {
                least = least.min(two_above[j - 1] + 1);
            }
            row.push(least);
        }
        two_above = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Typos;

    #[test]
    fn a_misspelt_word_is_corrected_to_the_closest_one() {
        let typos = Typos::of(vec!["transfer", "transfer", "transferee", "balance", "item", "items", "link"]);
        assert_eq!(typos.correct("trasnfer"), "transfer");
        assert_eq!(typos.correct("ballance"), "balance");
        assert_eq!(typos.correct("itme"), "item");
        for same in ["lnk", "zzzzzz", "", "x".repeat(100).as_str()] {
            assert_eq!(typos.correct(same), same);
        }
    }
}
