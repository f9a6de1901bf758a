//! Whole responses, kept for a while so that a model can read what was cut.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use aws_lc_rs::rand;

use crate::handles::Caller;

/// How many are kept, and how many bytes together.
const MOST: usize = 64;
const BYTES: usize = 64 << 20;

/// How long one is kept.
pub const LIFE: Duration = Duration::from_secs(60 * 60);

/// What a response is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// JSON text, with handles for credentials.
    Json(String),
    /// A file of a media type.
    File {
        /// The media type.
        media: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// A response that is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its name, which nobody can guess.
    pub id: String,
    /// What it is the response of.
    pub title: String,
    /// The response.
    pub content: Content,
    caller: Caller,
    since: Instant,
}

/// The responses that are kept.
#[derive(Default)]
pub struct Results {
    all: Mutex<VecDeque<Kept>>,
}

impl Content {
    /// Its length in bytes.
    pub fn len(&self) -> usize {
        match self {
            Self::Json(text) => text.len(),
            Self::File { bytes, .. } => bytes.len(),
        }
    }

    /// Its media type.
    pub fn media(&self) -> &str {
        match self {
            Self::Json(_) => "application/json",
            Self::File { media, .. } => media,
        }
    }
}

impl Results {
    /// Keeps a response and returns its id. Returns `None` if it is too long to keep, or if the system has no source of randomness.
    pub fn keep(&self, caller: &Caller, title: String, content: Content) -> Option<String> {
        self.keep_at(Instant::now(), caller, title, content)
    }

    /// A response that the caller got.
    pub fn get(&self, caller: &Caller, id: &str) -> Option<Kept> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        expire(&mut all, Instant::now());
        all.iter().find(|kept| kept.id == id && kept.caller == *caller).cloned()
    }

    /// All that the caller got, the newest first: id, title, media type and length.
    pub fn list(&self, caller: &Caller) -> Vec<(String, String, String, usize)> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        expire(&mut all, Instant::now());
        let own = all.iter().rev().filter(|kept| kept.caller == *caller);
        let view =
            |kept: &Kept| (kept.id.clone(), kept.title.clone(), kept.content.media().to_owned(), kept.content.len());
        own.map(view).collect()
    }

    fn keep_at(&self, now: Instant, caller: &Caller, title: String, content: Content) -> Option<String> {
        if content.len() > BYTES {
            return None;
        }
        let mut random = [0; 12];
        rand::fill(&mut random).ok()?;
        let id: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let kept = Kept { id: id.clone(), title, content, caller: caller.clone(), since: now };
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        expire(&mut all, now);
        all.push_back(kept);
        while all.len() > MOST || all.iter().map(|kept| kept.content.len()).sum::<usize>() > BYTES {
            all.pop_front();
        }
        Some(id)
    }
}

fn expire(all: &mut VecDeque<Kept>, now: Instant) {
    while all.front().is_some_and(|kept| now.saturating_duration_since(kept.since) > LIFE) {
        all.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::{Content, LIFE, MOST, Results};
    use crate::handles::Caller;

    #[test]
    fn a_response_is_its_callers_and_goes_with_time_and_number() {
        let (results, one, other) = (Results::default(), Caller::new("one"), Caller::new("other"));
        let json = |text: &str| Content::Json(text.to_owned());
        let id = results.keep(&one, "a".to_owned(), json("{}")).expect("an id");
        assert_eq!(results.get(&one, &id).map(|kept| kept.content), Some(json("{}")));
        assert!(results.get(&other, &id).is_none() && results.list(&other).is_empty());
        assert_eq!(results.list(&one), [(id.clone(), "a".to_owned(), "application/json".to_owned(), 2)]);
        for _ in 0..MOST {
            results.keep(&other, "b".to_owned(), json("{}"));
        }
        assert!(results.get(&one, &id).is_none(), "newer ones replaced it");
        let file = Content::File { media: "application/pdf".to_owned(), bytes: vec![0; super::BYTES + 1] };
        assert_eq!(results.keep(&one, "c".to_owned(), file), None);
        let later = Instant::now() + LIFE + LIFE;
        let kept = results.keep_at(later, &one, "d".to_owned(), json("{}")).expect("an id");
        assert_eq!(results.list(&one).first().map(|first| first.0.clone()), Some(kept));
        assert_eq!(results.list(&other), []);
    }
}
