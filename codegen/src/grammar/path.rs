//! The place of a node while a tree is walked: a chain on the stack, which only becomes a pointer if there is something
//! to report.

use crate::diag::Pointer;

/// A place, with its parents.
#[derive(Clone, Copy)]
pub(crate) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    /// The whole document.
    pub(crate) const ROOT: Path<'static> = Path { parent: None, step: Step::Root };

    /// The member `key` of this place.
    pub(crate) fn key(&'a self, key: &'a str) -> Path<'a> {
        Path { parent: Some(self), step: Step::Key(key) }
    }

    /// The element `index` of this place.
    pub(crate) fn index(&'a self, index: usize) -> Path<'a> {
        Path { parent: Some(self), step: Step::Index(index) }
    }

    /// The place as a pointer.
    pub(crate) fn pointer(&self) -> Pointer {
        let above = self.parent.map_or_else(Pointer::root, Path::pointer);
        match self.step {
            Step::Root => above,
            Step::Key(key) => above.child(key),
            Step::Index(index) => above.index(index),
        }
    }

    /// The parent of this place; `None` for the whole document.
    pub(crate) fn parent(&self) -> Option<&'a Path<'a>> {
        self.parent
    }

    /// Its key, if it has one.
    pub(crate) fn last_key(&self) -> Option<&'a str> {
        match self.step {
            Step::Key(key) => Some(key),
            Step::Root | Step::Index(_) => None,
        }
    }
}
