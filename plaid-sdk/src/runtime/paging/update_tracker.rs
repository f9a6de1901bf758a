//! The progress through the pages of an update. Not generic, so it is compiled once.

use super::fingerprint::{Brings, Fingerprint, Seen};
use super::position::Contradiction;

/// The progress through the pages of an update.
#[derive(Clone, Debug)]
pub(super) struct UpdateTracker {
    first: Option<String>,
    cursor: Option<String>,
    seen: Seen,
    pages: u32,
    done: bool,
}

impl UpdateTracker {
    pub(super) fn starting_at(first: Option<&str>) -> Self {
        let mut seen = Seen::default();
        if let Some(cursor) = first {
            seen.add_cursor(cursor);
        }
        let first = first.map(str::to_owned);
        Self { cursor: first.clone(), first, seen, pages: 0, done: false }
    }

    /// Goes back to the first cursor.
    pub(super) fn restart(&mut self) {
        *self = Self::starting_at(self.first.take().as_deref());
    }

    /// The cursor of the next page, or of the next update if this one is done.
    pub(super) fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// The number of pages since the first cursor.
    pub(super) const fn pages(&self) -> u32 {
        self.pages
    }

    pub(super) const fn is_done(&self) -> bool {
        self.done
    }

    /// Moves past a page. After a contradiction, the tracker is where it was.
    pub(super) fn advance(
        &mut self,
        next: &str,
        has_more: bool,
        elements: &[Fingerprint],
    ) -> Result<(), Contradiction> {
        if has_more {
            if next.is_empty() {
                return Err(Contradiction("it reports more changes, but has no cursor"));
            }
            if self.seen.has_cursor(next) {
                return Err(Contradiction("it reports more changes, but its cursor leads back to an earlier page"));
            }
            let brings = if self.seen.any_new(elements) { Brings::New } else { Brings::Nothing };
            if !self.seen.count(brings) {
                return Err(Contradiction("it reports more changes, but too many pages in a row bring nothing new"));
            }
            self.seen.add_cursor(next);
            self.seen.add(elements);
        }
        self.pages = self.pages.saturating_add(1);
        self.done = !has_more;
        // The cursor is empty while the Item is not ready. Keep the old one then.
        if !next.is_empty() {
            self.cursor = Some(next.to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::wire::View;

    fn content(number: i64) -> Fingerprint {
        Fingerprint::new(View::Integer(number), None)
    }

    #[test]
    fn an_update_of_any_length_needs_bounded_memory() {
        let mut tracker = UpdateTracker::starting_at(Some("first"));
        for page in 0..2_000 {
            let elements: Vec<_> = (0..100).map(|row| content(page * 100 + row)).collect();
            tracker.advance(&format!("cursor {page}"), true, &elements).unwrap();
            let (cursors, contents, keys) = tracker.seen.kept();
            assert!(cursors <= 2_001 && contents <= 100_000 && keys == 0, "{cursors} {contents} {keys}");
        }
        assert_eq!(tracker.pages(), 2_000);
    }

    #[test]
    fn a_restart_forgets_what_was_seen() {
        let mut tracker = UpdateTracker::starting_at(Some("c0"));
        tracker.advance("c1", true, &[content(1)]).unwrap();
        assert!(tracker.advance("c0", true, &[content(2)]).is_err());
        assert_eq!((tracker.cursor(), tracker.pages()), (Some("c1"), 1));
        tracker.restart();
        assert_eq!((tracker.cursor(), tracker.pages()), (Some("c0"), 0));
        tracker.advance("c1", true, &[content(1)]).unwrap();
        tracker.advance("c2", false, &[content(1)]).unwrap();
        assert!(tracker.is_done() && tracker.cursor() == Some("c2"));
    }
}
