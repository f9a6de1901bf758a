//! Problems of the text itself, whatever its type is: properties that are set twice, and half surrogate pairs.

use std::borrow::Cow;
use std::collections::HashSet;

use super::path::{self, Step};
use super::problem::Kind;
use super::tree::{self, Tree, What};

/// Up to this many members, comparing each pair is faster than a set.
const FEW: usize = 24;

/// Reports problems: the index of the value or key, the path, what is wrong.
pub(super) fn check<'a>(tree: &'a Tree<'a>, report: &mut dyn FnMut(usize, String, Kind)) {
    Lexical { tree, path: Vec::new(), report }.value(0);
}

struct Lexical<'a, 'r> {
    tree: &'a Tree<'a>,
    path: Vec<Step<'a>>,
    report: &'r mut dyn FnMut(usize, String, Kind),
}

impl Lexical<'_, '_> {
    /// Goes only as deep as the tree, which is bounded.
    fn value(&mut self, index: usize) {
        match self.tree.what(index) {
            What::List => {
                for (position, element) in self.tree.elements(index).enumerate() {
                    self.path.push(Step::Index(position));
                    self.value(element);
                    self.path.pop();
                }
            }
            What::Object => {
                self.twice(index);
                for (key, value) in self.tree.members(index) {
                    self.path.push(Step::Key(key));
                    self.surrogates(key);
                    self.value(value);
                    self.path.pop();
                }
            }
            What::Escaped => self.surrogates(index),
            What::Null | What::Bool | What::Number | What::Text | What::Skipped => {}
        }
    }

    fn surrogates(&mut self, index: usize) {
        if self.tree.has_lone_surrogate
            && self.tree.what(index) == What::Escaped
            && tree::has_lone_surrogate(self.tree.raw(index))
        {
            (self.report)(index, path::render(self.tree, &self.path), Kind::LoneSurrogate);
        }
    }

    fn twice(&mut self, index: usize) {
        let mut few: [&str; FEW] = [""; FEW];
        for (count, (key, _)) in self.tree.members(index).enumerate() {
            if count == FEW || self.tree.what(key) == What::Escaped {
                return self.twice_of_many(index);
            }
            let raw = self.tree.raw(key);
            if few[..count].contains(&raw) {
                self.duplicate(key);
            }
            few[count] = raw;
        }
    }

    fn twice_of_many(&mut self, index: usize) {
        let mut seen: HashSet<Cow<'_, str>> = HashSet::new();
        let tree = self.tree;
        for (key, _) in tree.members(index) {
            if !seen.insert(tree.string(key)) {
                self.duplicate(key);
            }
        }
    }

    fn duplicate(&mut self, key: usize) {
        self.path.push(Step::Key(key));
        (self.report)(key, path::render(self.tree, &self.path), Kind::Duplicate);
        self.path.pop();
    }
}
