//! How to get from one page to the next, in each of Plaid's styles. Not generic, so it is compiled once.

use std::borrow::Cow;

/// The start of a page in a list. Store it to continue later, by [`Pages::resume`](super::Pages::resume).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Position {
    /// The cursor that the previous page returned.
    Cursor(String),
    /// After this many elements.
    Offset(i64),
    /// After the element with this id.
    After(i64),
}

/// How a list operation pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    kind: Kind,
    default: i64,
    most: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Cursor,
    Offset { fixed_steps: bool },
    After,
}

impl Style {
    /// By a cursor that each page returns for the next. The list ends when a page has no cursor or reports that there are no
    /// more elements.
    pub const CURSOR: Self = Self { kind: Kind::Cursor, default: 0, most: None };

    /// By the number of elements before the page. The list ends when a page reports it, when the total is reached, or
    /// when a page is shorter than requested.
    pub const OFFSET: Self = Self { kind: Kind::Offset { fixed_steps: false }, default: 0, most: None };

    /// By offset, where the API filters a page after counting its elements, so that a page in the middle may be short: the
    /// offset advances by the requested size and not by the number of elements returned.
    pub const OFFSET_FILTERED: Self = Self { kind: Kind::Offset { fixed_steps: true }, default: 0, most: None };

    /// By the id of the last element. The list ends when a page reports it, or is shorter than requested.
    pub const AFTER: Self = Self { kind: Kind::After, default: 0, most: None };

    /// With the size of a page if the request has none, and the largest size.
    #[must_use]
    pub const fn sizes(mut self, default: i64, most: i64) -> Self {
        self.default = default;
        self.most = Some(most);
        self
    }

    /// The closest size that the operation allows.
    pub(super) fn size(&self, wanted: i64) -> i64 {
        wanted.clamp(1, self.most.unwrap_or(i64::MAX))
    }
}

/// What a page reports about itself and the next one. Each operation reports some of these.
#[derive(Clone, Debug, Default)]
pub struct PageFacts<'p> {
    len: usize,
    next_cursor: Option<Cow<'p, str>>,
    has_more: Option<bool>,
    total: Option<i64>,
    last_id: Option<i64>,
}

impl<'p> PageFacts<'p> {
    /// The facts of a page with this many elements.
    #[must_use]
    pub const fn new(len: usize) -> Self {
        Self { len, next_cursor: None, has_more: None, total: None, last_id: None }
    }

    /// The cursor of the next page. An empty one counts as none.
    #[must_use]
    pub fn next_cursor(mut self, cursor: Option<Cow<'p, str>>) -> Self {
        self.next_cursor = cursor;
        self
    }

    /// Whether there are more elements.
    #[must_use]
    pub const fn has_more(mut self, more: bool) -> Self {
        self.has_more = Some(more);
        self
    }

    /// The number of elements on all pages.
    #[must_use]
    pub const fn total(mut self, total: Option<i64>) -> Self {
        self.total = total;
        self
    }

    /// The id of the last element.
    #[must_use]
    pub const fn last_id(mut self, id: Option<i64>) -> Self {
        self.last_id = id;
        self
    }
}

/// The progress through a list.
#[derive(Clone, Debug)]
pub(super) struct PageTracker {
    style: Style,
    /// The start of the next page; `None` for the first page.
    position: Option<Position>,
    total: Option<i64>,
    done: bool,
}

/// A page contradicts itself or the previous one, so the list might never end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contradiction(pub(super) &'static str);

impl PageTracker {
    pub(super) const fn new(style: Style, position: Option<Position>) -> Self {
        Self { style, position, total: None, done: false }
    }

    pub(super) const fn position(&self) -> Option<&Position> {
        self.position.as_ref()
    }

    pub(super) const fn is_done(&self) -> bool {
        self.done
    }

    /// Moves past a page that was requested with the size `asked`.
    pub(super) fn advance(&mut self, facts: PageFacts<'_>, asked: Option<i64>) -> Result<(), Contradiction> {
        let len = i64::try_from(facts.len).unwrap_or(i64::MAX);
        let asked = asked.unwrap_or(self.style.default);
        let next = match self.style.kind {
            Kind::Cursor => self.next_cursor(&facts)?,
            Kind::Offset { fixed_steps } => self.next_offset(&facts, len, asked, fixed_steps)?,
            Kind::After => self.next_id(&facts, len, asked)?,
        };
        self.done = next.is_none();
        if next.is_some() {
            self.position = next;
        }
        self.total = facts.total;
        Ok(())
    }

    fn next_cursor(&self, facts: &PageFacts<'_>) -> Result<Option<Position>, Contradiction> {
        let next = facts.next_cursor.as_deref().filter(|cursor| !cursor.is_empty());
        match (next, facts.has_more) {
            (_, Some(false)) | (None, None) => Ok(None),
            (None, Some(true)) => Err(Contradiction("the page reports more elements, but has no cursor")),
            (Some(next), _) if matches!(&self.position, Some(Position::Cursor(cursor)) if cursor == next) => {
                Err(Contradiction("the cursor of the next page is the same as that of this page"))
            }
            (Some(next), _) => Ok(Some(Position::Cursor(next.to_owned()))),
        }
    }

    fn next_offset(
        &self,
        facts: &PageFacts<'_>,
        len: i64,
        asked: i64,
        fixed: bool,
    ) -> Result<Option<Position>, Contradiction> {
        let offset = match self.position {
            Some(Position::Offset(offset)) => offset,
            _ => 0,
        };
        let end = offset.saturating_add(if fixed { asked.max(len) } else { len });
        let more = match (facts.has_more, facts.total) {
            (Some(true), _) if len == 0 => return Err(Contradiction("the page reports more elements, but is empty")),
            (Some(more), _) => more,
            // An empty page is past the end, whatever the total is.
            (None, Some(total)) => end < total && (fixed || len > 0),
            (None, None) => len > 0 && len >= asked,
        };
        // When elements were deleted, later ones moved up, some of them to before the start of this page. So the page is
        // fetched again from that many elements earlier. `Items` skips the duplicates.
        let deleted = self.total.zip(facts.total).map_or(0, |(before, now)| (before - now).max(0));
        if deleted > 0 && offset > 0 {
            return Ok(Some(Position::Offset((offset - deleted).max(0))));
        }
        Ok(more.then_some(Position::Offset(end)))
    }

    fn next_id(&self, facts: &PageFacts<'_>, len: i64, asked: i64) -> Result<Option<Position>, Contradiction> {
        if !facts.has_more.unwrap_or(len > 0 && len >= asked) {
            return Ok(None);
        }
        let last = facts.last_id.ok_or(Contradiction("the page reports more elements, but is empty"))?;
        match self.position {
            Some(Position::After(id)) if last <= id => Err(Contradiction("the page starts before the requested id")),
            _ => Ok(Some(Position::After(last))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The start of the second page.
    fn next(
        style: Style,
        position: Option<Position>,
        facts: PageFacts<'_>,
        asked: Option<i64>,
    ) -> Result<Option<Position>, Contradiction> {
        let mut tracker = PageTracker::new(style, position);
        tracker.advance(facts, asked)?;
        Ok(tracker.position().filter(|_| !tracker.is_done()).cloned())
    }

    fn cursor(text: &str) -> Option<Position> {
        Some(Position::Cursor(text.to_owned()))
    }

    #[test]
    fn cursors_end_without_a_cursor_or_more_elements() {
        let facts = |next_cursor: Option<&'static str>, has_more| PageFacts {
            has_more,
            ..PageFacts::new(1).next_cursor(next_cursor.map(Cow::Borrowed))
        };
        let next = |facts| next(Style::CURSOR, cursor("a"), facts, None);
        assert_eq!(next(facts(Some("b"), None)), Ok(cursor("b")));
        assert_eq!(next(facts(Some("b"), Some(true))), Ok(cursor("b")));
        assert_eq!(next(facts(None, None)), Ok(None));
        assert_eq!(next(facts(Some(""), None)), Ok(None));
        assert_eq!(next(facts(Some("b"), Some(false))), Ok(None));
        assert_eq!(next(facts(Some("a"), Some(false))), Ok(None));
        assert!(next(facts(Some("a"), None)).is_err());
        assert!(next(facts(Some(""), Some(true))).is_err());
    }

    #[test]
    fn offsets_end_by_total_flag_or_length() {
        let at = |offset| Some(Position::Offset(offset));
        let next = |len, has_more, total, asked| {
            next(
                Style::OFFSET.sizes(25, 100),
                at(50),
                PageFacts { len, has_more, total, ..PageFacts::default() },
                asked,
            )
        };
        // By the total.
        assert_eq!(next(25, None, Some(200), None), Ok(at(75)));
        assert_eq!(next(10, None, Some(200), None), Ok(at(60)));
        assert_eq!(next(10, None, Some(60), None), Ok(None));
        assert_eq!(next(0, None, Some(200), None), Ok(None));
        // By the page.
        assert_eq!(next(10, Some(true), None, None), Ok(at(60)));
        assert_eq!(next(25, Some(false), None, None), Ok(None));
        assert!(next(0, Some(true), None, None).is_err());
        // By its length.
        assert_eq!(next(25, None, None, None), Ok(at(75)));
        assert_eq!(next(24, None, None, None), Ok(None));
        assert_eq!(next(24, None, None, Some(24)), Ok(at(74)));
        assert_eq!(next(0, None, None, None), Ok(None));
    }

    #[test]
    fn filtered_pages_may_be_short_or_empty_in_the_middle() {
        let facts = |len| PageFacts { len, total: Some(1000), ..PageFacts::default() };
        let next =
            |len| next(Style::OFFSET_FILTERED.sizes(500, 500), Some(Position::Offset(400)), facts(len), Some(200));
        assert_eq!(next(200), Ok(Some(Position::Offset(600))));
        assert_eq!(next(0), Ok(Some(Position::Offset(600))));
        let mut tracker = PageTracker::new(Style::OFFSET_FILTERED, Some(Position::Offset(800)));
        tracker.advance(facts(3), Some(200)).unwrap();
        assert!(tracker.is_done());
    }

    #[test]
    fn deleted_elements_move_the_next_page_back() {
        let mut tracker = PageTracker::new(Style::OFFSET, None);
        let page = |total| PageFacts { len: 100, total: Some(total), ..PageFacts::default() };
        tracker.advance(page(1000), Some(100)).unwrap();
        tracker.advance(page(995), Some(100)).unwrap();
        assert_eq!(tracker.position(), Some(&Position::Offset(95)));
        tracker.advance(page(997), Some(100)).unwrap();
        assert_eq!(tracker.position(), Some(&Position::Offset(195)));
    }

    #[test]
    fn ids_must_increase() {
        let facts = |len, has_more, last_id| PageFacts { len, has_more, last_id, ..PageFacts::default() };
        let next = |facts| next(Style::AFTER.sizes(25, 25), Some(Position::After(7)), facts, None);
        assert_eq!(next(facts(2, Some(true), Some(9))), Ok(Some(Position::After(9))));
        assert_eq!(next(facts(2, Some(false), Some(9))), Ok(None));
        assert_eq!(next(facts(25, None, Some(32))), Ok(Some(Position::After(32))));
        assert_eq!(next(facts(24, None, Some(31))), Ok(None));
        assert!(next(facts(0, Some(true), None)).is_err());
        assert!(next(facts(2, Some(true), Some(7))).is_err());
    }
}
