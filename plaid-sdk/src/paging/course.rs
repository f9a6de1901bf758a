//! How one gets from a page to the next, in each of the ways that Plaid has. Not generic: compiled once.

use std::borrow::Cow;

/// A place in a list: where a page begins. Keep it to go on from there later, by [`Pages::resume`](super::Pages::resume).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Position {
    /// What the page before gave as the cursor of this one.
    Cursor(String),
    /// After this many elements.
    Offset(i64),
    /// After the element of this id.
    After(i64),
}

/// How an operation counts its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    way: Way,
    default: i64,
    most: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Cursor,
    Offset { fixed_steps: bool },
    After,
}

impl Style {
    /// By a cursor that each page gives for the next, until one gives none or says that there is no more.
    pub const CURSOR: Self = Self { way: Way::Cursor, default: 0, most: None };

    /// By the number of elements before the page. The end is where the page says so, or all of its total have come, or a
    /// page is shorter than was asked.
    pub const OFFSET: Self = Self { way: Way::Offset { fixed_steps: false }, default: 0, most: None };

    /// The same, where pages may be short in the middle, since elements are left out after they were counted: the next page
    /// begins after as many as were asked for, not after as many as came.
    pub const OFFSET_OF_SIFTED: Self = Self { way: Way::Offset { fixed_steps: true }, default: 0, most: None };

    /// By the id of the last element. The end is where the page says so, or where one is shorter than was asked.
    pub const AFTER: Self = Self { way: Way::After, default: 0, most: None };

    /// The same, with pages of this size if the request says nothing, and of that size at most.
    #[must_use]
    pub const fn sizes(mut self, default: i64, most: i64) -> Self {
        self.default = default;
        self.most = Some(most);
        self
    }

    /// The size of a page that comes closest to this one.
    pub(super) fn size(&self, wanted: i64) -> i64 {
        wanted.clamp(1, self.most.unwrap_or(i64::MAX))
    }
}

/// What a page says of what comes next. What it does not say is left out.
#[derive(Clone, Debug, Default)]
pub struct Marks<'p> {
    /// How many elements it has.
    pub len: usize,
    /// The cursor of the next page. An empty one is none.
    pub next_cursor: Option<Cow<'p, str>>,
    /// Whether there are more.
    pub has_more: Option<bool>,
    /// How many elements there are on all pages.
    pub total: Option<i64>,
    /// The id of the last element.
    pub last_id: Option<i64>,
}

/// Where one is in a list.
#[derive(Clone, Debug)]
pub(super) struct Course {
    style: Style,
    /// Where the next page begins; `None` for the beginning.
    position: Option<Position>,
    total: Option<i64>,
    done: bool,
}

/// Pages that contradict themselves or each other: going on would never end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contradiction(pub(super) &'static str);

impl Course {
    pub(super) const fn new(style: Style, position: Option<Position>) -> Self {
        Self { style, position, total: None, done: false }
    }

    pub(super) const fn position(&self) -> Option<&Position> {
        self.position.as_ref()
    }

    pub(super) const fn is_done(&self) -> bool {
        self.done
    }

    /// Goes past a page that was asked to have `asked` elements.
    pub(super) fn advance(&mut self, marks: Marks<'_>, asked: Option<i64>) -> Result<(), Contradiction> {
        let len = i64::try_from(marks.len).unwrap_or(i64::MAX);
        let asked = asked.unwrap_or(self.style.default);
        let next = match self.style.way {
            Way::Cursor => self.next_cursor(&marks)?,
            Way::Offset { fixed_steps } => self.next_offset(&marks, len, asked, fixed_steps)?,
            Way::After => self.next_id(&marks, len, asked)?,
        };
        self.done = next.is_none();
        if next.is_some() {
            self.position = next;
        }
        self.total = marks.total;
        Ok(())
    }

    fn next_cursor(&self, marks: &Marks<'_>) -> Result<Option<Position>, Contradiction> {
        let next = marks.next_cursor.as_deref().filter(|cursor| !cursor.is_empty());
        match (next, marks.has_more) {
            (_, Some(false)) | (None, None) => Ok(None),
            (None, Some(true)) => Err(Contradiction("there is more, but no cursor to it")),
            (Some(next), _) if matches!(&self.position, Some(Position::Cursor(cursor)) if cursor == next) => {
                Err(Contradiction("the cursor of the next page is that of this one"))
            }
            (Some(next), _) => Ok(Some(Position::Cursor(next.to_owned()))),
        }
    }

    fn next_offset(
        &self,
        marks: &Marks<'_>,
        len: i64,
        asked: i64,
        fixed: bool,
    ) -> Result<Option<Position>, Contradiction> {
        let offset = match self.position {
            Some(Position::Offset(offset)) => offset,
            _ => 0,
        };
        let end = offset.saturating_add(if fixed { asked.max(len) } else { len });
        let more = match (marks.has_more, marks.total) {
            (Some(true), _) if len == 0 => return Err(Contradiction("there is more, but the page is empty")),
            (Some(more), _) => more,
            // An empty page has passed the end, whatever it says of the total.
            (None, Some(total)) => end < total && (fixed || len > 0),
            (None, None) => len > 0 && len >= asked,
        };
        // Where elements went away, those behind them have moved up, some of them past the beginning of this page: it is
        // read again from that much earlier. What comes twice by that is left out elsewhere.
        let gone = self.total.zip(marks.total).map_or(0, |(before, now)| (before - now).max(0));
        if gone > 0 && offset > 0 {
            return Ok(Some(Position::Offset((offset - gone).max(0))));
        }
        Ok(more.then_some(Position::Offset(end)))
    }

    fn next_id(&self, marks: &Marks<'_>, len: i64, asked: i64) -> Result<Option<Position>, Contradiction> {
        if !marks.has_more.unwrap_or(len > 0 && len >= asked) {
            return Ok(None);
        }
        let last = marks.last_id.ok_or(Contradiction("there is more, but the page is empty"))?;
        match self.position {
            Some(Position::After(id)) if last <= id => {
                Err(Contradiction("the page begins before where it was asked to"))
            }
            _ => Ok(Some(Position::After(last))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the second page begins.
    fn next(
        style: Style,
        position: Option<Position>,
        marks: Marks<'_>,
        asked: Option<i64>,
    ) -> Result<Option<Position>, Contradiction> {
        let mut course = Course::new(style, position);
        course.advance(marks, asked)?;
        Ok(course.position().filter(|_| !course.is_done()).cloned())
    }

    fn cursor(text: &str) -> Option<Position> {
        Some(Position::Cursor(text.to_owned()))
    }

    #[test]
    fn cursors_end_where_there_is_none_or_no_more() {
        let marks = |next_cursor: Option<&'static str>, has_more| Marks {
            len: 1,
            next_cursor: next_cursor.map(Cow::Borrowed),
            has_more,
            ..Marks::default()
        };
        let next = |marks| next(Style::CURSOR, cursor("a"), marks, None);
        assert_eq!(next(marks(Some("b"), None)), Ok(cursor("b")));
        assert_eq!(next(marks(Some("b"), Some(true))), Ok(cursor("b")));
        assert_eq!(next(marks(None, None)), Ok(None));
        assert_eq!(next(marks(Some(""), None)), Ok(None));
        assert_eq!(next(marks(Some("b"), Some(false))), Ok(None));
        assert_eq!(next(marks(Some("a"), Some(false))), Ok(None));
        assert!(next(marks(Some("a"), None)).is_err());
        assert!(next(marks(Some(""), Some(true))).is_err());
    }

    #[test]
    fn offsets_end_by_what_the_page_says() {
        let at = |offset| Some(Position::Offset(offset));
        let next = |len, has_more, total, asked| {
            next(Style::OFFSET.sizes(25, 100), at(50), Marks { len, has_more, total, ..Marks::default() }, asked)
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
    fn sifted_pages_may_be_short_or_empty_in_the_middle() {
        let marks = |len| Marks { len, total: Some(1000), ..Marks::default() };
        let next =
            |len| next(Style::OFFSET_OF_SIFTED.sizes(500, 500), Some(Position::Offset(400)), marks(len), Some(200));
        assert_eq!(next(200), Ok(Some(Position::Offset(600))));
        assert_eq!(next(0), Ok(Some(Position::Offset(600))));
        let mut course = Course::new(Style::OFFSET_OF_SIFTED, Some(Position::Offset(800)));
        course.advance(marks(3), Some(200)).unwrap();
        assert!(course.is_done());
    }

    #[test]
    fn elements_that_went_away_are_made_up_for() {
        let mut course = Course::new(Style::OFFSET, None);
        let page = |total| Marks { len: 100, total: Some(total), ..Marks::default() };
        course.advance(page(1000), Some(100)).unwrap();
        course.advance(page(995), Some(100)).unwrap();
        assert_eq!(course.position(), Some(&Position::Offset(95)));
        course.advance(page(997), Some(100)).unwrap();
        assert_eq!(course.position(), Some(&Position::Offset(195)));
    }

    #[test]
    fn ids_go_up() {
        let marks = |len, has_more, last_id| Marks { len, has_more, last_id, ..Marks::default() };
        let next = |marks| next(Style::AFTER.sizes(25, 25), Some(Position::After(7)), marks, None);
        assert_eq!(next(marks(2, Some(true), Some(9))), Ok(Some(Position::After(9))));
        assert_eq!(next(marks(2, Some(false), Some(9))), Ok(None));
        assert_eq!(next(marks(25, None, Some(32))), Ok(Some(Position::After(32))));
        assert_eq!(next(marks(24, None, Some(31))), Ok(None));
        assert!(next(marks(0, Some(true), None)).is_err());
        assert!(next(marks(2, Some(true), Some(7))).is_err());
    }
}
