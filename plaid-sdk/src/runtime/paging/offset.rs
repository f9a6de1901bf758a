//! Lists by offset. When elements are deleted while such a list is read, later elements move up, some of them to before the
//! next page. The total shows it by falling.

use super::fingerprint::Brings;
use super::position::{Contradiction, PageFacts};

/// What has been read of a list by offset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offsets {
    /// All elements before this offset have been read.
    read: i64,
    /// The end of the furthest page.
    furthest: i64,
    total: Option<i64>,
    /// By how much the total fell with the last page.
    fall: i64,
    /// The smallest number of elements that were left after a page.
    left: i64,
}

impl Offsets {
    pub(super) const fn starting_at(offset: i64) -> Self {
        Self { read: offset, furthest: offset, total: None, fall: 0, left: i64::MAX }
    }

    /// Moves past the page at `at`, and returns the offset of the next page. If the API filters pages, `step` is the number of
    /// elements that the page was chosen from. A server can send any number, so none of them is trusted.
    pub(super) fn advance(
        &mut self,
        at: i64,
        facts: &PageFacts<'_>,
        step: Option<i64>,
    ) -> Result<Option<i64>, Contradiction> {
        let len = facts.len();
        let total = facts.total.map(|total| total.max(0));
        let fall = self.total.zip(total).map_or(0, |(before, now)| (before - now).max(0));
        let end = at.saturating_add(step.map_or(len, |step| step.max(len).max(1)));
        // In the worst case, all deleted elements were before those that have not been read.
        self.read = (self.read - fall.min(self.read.max(0))).max(0);
        // Otherwise elements may have moved to between what was read and this page.
        let is_whole = at <= self.read;
        if is_whole {
            self.read = self.read.max(end);
        }
        let more = match (facts.has_more, total) {
            (Some(true), _) if len == 0 => return Err(Contradiction("it reports more elements, but is empty")),
            (Some(more), _) => more,
            (None, Some(total)) if step.is_some() => end < total || at.saturating_add(len) > total,
            (None, Some(total)) if len == 0 && at < total => {
                return Err(Contradiction("its total reports more elements, but it is empty"));
            }
            // A total that is less than what was returned is wrong, so the list ends with an empty page.
            (None, Some(total)) => self.read < total || len > 0 && self.read > total,
            // The requested size is only the largest size, so a short page doesn't mean that it is the last.
            (None, None) => len > 0,
        };
        // If the total falls with each page, the next page starts early, so that the list advances nevertheless.
        let next = (self.read - fall.min(self.fall).min(self.read.max(0))).max(0);
        self.left = self.left.min(total.map_or(i64::MAX, |total| total.saturating_sub(end)));
        self.furthest = self.furthest.max(end);
        self.fall = fall;
        self.total = total.or(self.total);
        match (is_whole && !more, next) {
            (true, _) => Ok(None),
            (false, next) if next == i64::MAX => Err(Contradiction("it reports more elements than there are numbers")),
            (false, next) => Ok(Some(next)),
        }
    }

    /// What the page at `at` brings by its position alone, if it has no new element.
    pub(super) fn moves(&self, before: &Self, at: i64, next: Option<i64>, filtered: bool) -> Brings {
        let is_forward = next.is_some_and(|next| next > at);
        if filtered && self.left < before.left {
            // An empty page on the way to the total.
            Brings::New
        } else if is_forward && at < before.furthest {
            Brings::Known
        } else {
            Brings::Nothing
        }
    }
}
