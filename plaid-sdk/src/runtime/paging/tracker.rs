//! The progress through a list, in each of Plaid's styles. Not generic, so it is compiled once.

use super::fingerprint::{Brings, Seen};
use super::offset::Offsets;
use super::position::{Contradiction, Kind, PageFacts, Position, Style};

/// The progress through a list.
#[derive(Clone, Debug)]
pub(super) struct PageTracker {
    style: Style,
    /// The start of the next page; `None` for the first page.
    position: Option<Position>,
    offsets: Offsets,
    seen: Seen,
    /// For each element of the last page, whether it must be skipped.
    skip: Vec<bool>,
    pages: u32,
    done: bool,
}

impl PageTracker {
    pub(super) fn new(style: Style, position: Option<Position>) -> Self {
        let mut seen = Seen::default();
        if let Some(Position::Cursor(cursor)) = &position {
            seen.add_cursor(cursor);
        }
        let offsets = Offsets::starting_at(offset(position.as_ref()));
        Self { style, position, offsets, seen, skip: Vec::new(), pages: 0, done: false }
    }

    pub(super) const fn position(&self) -> Option<&Position> {
        self.position.as_ref()
    }

    pub(super) const fn is_done(&self) -> bool {
        self.done
    }

    /// The number of pages so far.
    pub(super) const fn pages(&self) -> u32 {
        self.pages
    }

    /// For each element of the last page, whether it must be skipped because its key was on an earlier page.
    pub(super) fn take_skip(&mut self) -> Vec<bool> {
        std::mem::take(&mut self.skip)
    }

    /// Moves past a page that was requested with the size `asked`. After a contradiction, the tracker is where it was.
    pub(super) fn advance(&mut self, facts: &PageFacts<'_>, asked: Option<i64>) -> Result<(), Contradiction> {
        let asked = asked.unwrap_or(self.style.default);
        let mut offsets = self.offsets;
        let (next, moves) = match self.style.kind {
            Kind::Cursor => (self.next_cursor(facts)?, Brings::Nothing),
            Kind::After => (self.next_id(facts)?, Brings::Nothing),
            Kind::Offset { filtered } => {
                let at = offset(self.position.as_ref());
                let next = offsets.advance(at, facts, filtered.then_some(asked))?;
                (next.map(Position::Offset), offsets.moves(&self.offsets, at, next, filtered))
            }
        };
        let brings = if self.seen.any_new(&facts.elements) { Brings::New } else { moves };
        if next.is_some() && !self.seen.count(brings) {
            return Err(Contradiction("there are more elements, but too many pages bring nothing new"));
        }
        if let Some(Position::Cursor(cursor)) = &next {
            self.seen.add_cursor(cursor);
        }
        self.skip = self.seen.add(&facts.elements);
        self.offsets = offsets;
        self.pages = self.pages.saturating_add(1);
        self.done = next.is_none();
        if next.is_some() {
            self.position = next;
        }
        Ok(())
    }

    fn next_cursor(&self, facts: &PageFacts<'_>) -> Result<Option<Position>, Contradiction> {
        match (facts.next_cursor.as_deref(), facts.has_more) {
            (_, Some(false)) | (None, None) => Ok(None),
            (None, Some(true)) => Err(Contradiction("it reports more elements, but has no cursor")),
            (Some(next), _) if self.seen.has_cursor(next) => {
                Err(Contradiction("its cursor for the next page leads back to an earlier page"))
            }
            (Some(next), _) => Ok(Some(Position::Cursor(next.to_owned()))),
        }
    }

    fn next_id(&self, facts: &PageFacts<'_>) -> Result<Option<Position>, Contradiction> {
        if !facts.has_more.unwrap_or(!facts.elements.is_empty()) {
            return Ok(None);
        }
        let largest = facts.largest_id.ok_or(Contradiction("it reports more elements, but is empty"))?;
        match self.position {
            Some(Position::After(id)) if largest <= id => {
                Err(Contradiction("it reports more elements, but has none after the requested id"))
            }
            _ => Ok(Some(Position::After(largest))),
        }
    }

    /// The number of cursors, contents and keys it keeps, as hashes.
    #[cfg(test)]
    pub(super) fn kept(&self) -> (usize, usize, usize) {
        self.seen.kept()
    }
}

const fn offset(position: Option<&Position>) -> i64 {
    match position {
        Some(Position::Offset(offset)) => *offset,
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
