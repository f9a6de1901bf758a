use std::borrow::Cow;

use super::*;
use crate::runtime::paging::fingerprint::Fingerprint;
use crate::runtime::wire::View;

fn elements(numbers: impl IntoIterator<Item = i64>) -> Vec<Fingerprint> {
    numbers.into_iter().map(|number| Fingerprint::new(View::Integer(number), None)).collect()
}

fn keyed(numbers: impl IntoIterator<Item = i64>) -> Vec<Fingerprint> {
    numbers.into_iter().map(|number| Fingerprint::new(View::Null, Some(number.to_string().into()))).collect()
}

/// A page of new elements.
fn page(len: i64, has_more: Option<bool>, total: Option<i64>) -> PageFacts<'static> {
    PageFacts { has_more, total, ..PageFacts::new(elements(0..len)) }
}

/// The start of the second page.
fn next(
    style: Style,
    position: Option<Position>,
    facts: PageFacts<'_>,
    asked: Option<i64>,
) -> Result<Option<Position>, Contradiction> {
    let mut tracker = PageTracker::new(style, position);
    tracker.advance(&facts, asked)?;
    Ok(tracker.position().filter(|_| !tracker.is_done()).cloned())
}

fn cursor(text: &str) -> Option<Position> {
    Some(Position::Cursor(text.to_owned()))
}

#[test]
fn cursors_end_without_a_cursor_or_more_elements() {
    let facts = |next_cursor: Option<&'static str>, has_more| PageFacts {
        has_more,
        ..PageFacts::new(elements([1])).next_cursor(next_cursor.map(Cow::Borrowed))
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
fn a_cursor_that_leads_back_is_a_contradiction_and_changes_nothing() {
    let facts = |number, next: &'static str| PageFacts::new(elements([number])).next_cursor(Some(next.into()));
    let mut tracker = PageTracker::new(Style::CURSOR, None);
    tracker.advance(&facts(1, "a"), None).unwrap();
    tracker.advance(&facts(2, "b"), None).unwrap();
    for _ in 0..3 {
        let error = tracker.advance(&facts(3, "a"), None).unwrap_err();
        assert!(error.at(3, None).starts_with("page 3: its cursor for the next page leads back"), "{error:?}");
        assert_eq!((tracker.position(), tracker.pages()), (cursor("b").as_ref(), 2));
    }
    tracker.advance(&facts(3, "c"), None).unwrap();
}

#[test]
fn a_cursor_list_of_any_length_needs_bounded_memory() {
    let mut tracker = PageTracker::new(Style::CURSOR, None);
    for page in 0..120_000 {
        let facts = PageFacts::new(elements([page])).next_cursor(Some(page.to_string().into()));
        tracker.advance(&facts, None).unwrap();
    }
    let (cursors, contents, keys) = tracker.kept();
    assert!((50_000..=100_000).contains(&cursors) && (50_000..=100_000).contains(&contents) && keys == 0);
}

#[test]
fn lists_that_move_keep_one_hash_for_each_element() {
    let mut tracker = PageTracker::new(Style::OFFSET, None);
    for start in (0..10_000).step_by(50) {
        // Each page repeats half of the previous one.
        tracker.advance(&PageFacts::new(keyed(start..start + 100)), None).unwrap();
        let skipped = tracker.take_skip().into_iter().filter(|skip| *skip).count();
        assert_eq!(skipped, if start == 0 { 0 } else { 50 });
    }
    assert_eq!(tracker.kept(), (0, 0, 10_050));
}

#[test]
fn offsets_end_by_total_flag_or_an_empty_page() {
    let at = |offset| Some(Position::Offset(offset));
    let next =
        |len, has_more, total, asked| next(Style::OFFSET.sizes(25, 100), at(50), page(len, has_more, total), asked);
    // By the total.
    assert_eq!(next(25, None, Some(200), None), Ok(at(75)));
    assert_eq!(next(10, None, Some(200), None), Ok(at(60)));
    assert_eq!(next(10, None, Some(60), None), Ok(None));
    assert_eq!(next(0, None, Some(50), None), Ok(None));
    assert_eq!(next(0, None, Some(20), None), Ok(None));
    assert!(next(0, None, Some(200), None).is_err());
    // A total below what was returned.
    assert_eq!(next(10, None, Some(59), None), Ok(at(60)));
    assert_eq!(next(10, None, Some(-2), None), Ok(at(60)));
    // By the page.
    assert_eq!(next(10, Some(true), None, None), Ok(at(60)));
    assert_eq!(next(25, Some(false), None, None), Ok(None));
    assert!(next(0, Some(true), None, None).is_err());
    // By an empty page. The size of a page is only the largest.
    assert_eq!(next(25, None, None, None), Ok(at(75)));
    assert_eq!(next(24, None, None, None), Ok(at(74)));
    assert_eq!(next(24, None, None, Some(24)), Ok(at(74)));
    assert_eq!(next(0, None, None, None), Ok(None));
}

#[test]
fn filtered_pages_may_be_short_or_empty_in_the_middle() {
    let facts = |len| page(len, None, Some(1000));
    let next = |len| next(Style::OFFSET_FILTERED.sizes(500, 500), Some(Position::Offset(400)), facts(len), Some(200));
    assert_eq!(next(200), Ok(Some(Position::Offset(600))));
    assert_eq!(next(0), Ok(Some(Position::Offset(600))));
    let mut tracker = PageTracker::new(Style::OFFSET_FILTERED, Some(Position::Offset(800)));
    tracker.advance(&facts(3), Some(200)).unwrap();
    assert!(tracker.is_done());
    // Many empty pages on the way to the total are not a loop. A total that grows with them is.
    let mut tracker = PageTracker::new(Style::OFFSET_FILTERED, None);
    (0..1000).for_each(|_| tracker.advance(&page(0, None, Some(10_000)), Some(10)).unwrap());
    assert!(tracker.is_done());
    let mut tracker = PageTracker::new(Style::OFFSET_FILTERED, None);
    let end = (1..1000).find(|end| tracker.advance(&page(0, None, Some(end * 10 + 500)), Some(10)).is_err());
    assert_eq!(end, Some(22));
}

#[test]
fn deleted_elements_move_the_next_page_back() {
    let mut tracker = PageTracker::new(Style::OFFSET, None);
    let page = |start, total| PageFacts::new(keyed(start..start + 100)).total(Some(total));
    tracker.advance(&page(0, 1000), Some(100)).unwrap();
    tracker.advance(&page(105, 995), Some(100)).unwrap();
    assert_eq!(tracker.position(), Some(&Position::Offset(95)));
    tracker.advance(&page(100, 997), Some(100)).unwrap();
    assert_eq!(tracker.position(), Some(&Position::Offset(195)));
}

#[test]
fn no_number_overflows() {
    const NUMBERS: [i64; 9] = [i64::MIN, i64::MIN + 1, -2, -1, 0, 1, 25, i64::MAX - 1, i64::MAX];
    for (style, is_after) in [(Style::OFFSET, false), (Style::OFFSET_FILTERED, false), (Style::AFTER, true)] {
        for start in NUMBERS {
            for first in NUMBERS {
                for second in NUMBERS {
                    let start = if is_after { Position::After(start) } else { Position::Offset(start) };
                    let mut tracker = PageTracker::new(style.sizes(25, 25), Some(start));
                    for (number, len) in [(first, 3), (second, 0), (first, 1), (second, 30)] {
                        let facts = page(len, None, Some(number)).largest_id(Some(number));
                        if tracker.advance(&facts, Some(second)).is_err() || tracker.is_done() {
                            break;
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn ids_must_increase() {
    let facts = |len, has_more, largest_id| PageFacts { largest_id, ..page(len, has_more, None) };
    let next = |facts| next(Style::AFTER.sizes(25, 25), Some(Position::After(7)), facts, None);
    assert_eq!(next(facts(2, Some(true), Some(9))), Ok(Some(Position::After(9))));
    assert_eq!(next(facts(2, Some(false), Some(9))), Ok(None));
    assert_eq!(next(facts(25, None, Some(32))), Ok(Some(Position::After(32))));
    assert_eq!(next(facts(24, None, Some(31))), Ok(Some(Position::After(31))));
    assert_eq!(next(facts(0, None, None)), Ok(None));
    assert!(next(facts(0, Some(true), None)).is_err());
    assert!(next(facts(2, Some(true), Some(7))).is_err());
}
