//! Harmless mistakes in a document: they have one meaning, or no effect on the generated API. They are reported and
//! repaired.

use serde_yaml::Value;

use super::Path;
use crate::diag::Pointer;

/// A harmless mistake.
#[derive(Clone, Debug)]
pub(crate) struct Mistake {
    /// Where it is.
    pub(crate) at: Pointer,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do about it.
    pub(crate) help: String,
    /// The repairs.
    repairs: Vec<Repair>,
}

/// A place, and the value to read there instead. `None` removes the value.
type Repair = (Pointer, Option<Value>);

impl Mistake {
    /// A mistake without a repair.
    pub(crate) fn new(at: &Path<'_>, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at: at.pointer(), what: what.into(), help: help.into(), repairs: Vec::new() }
    }

    /// The same mistake, reported at another place.
    pub(crate) fn found_at(self, at: Pointer) -> Self {
        Self { at, ..self }
    }

    /// The same mistake, repaired by `value` at a place.
    pub(crate) fn read_as(mut self, at: &Path<'_>, value: Value) -> Self {
        self.repairs.push((at.pointer(), Some(value)));
        self
    }

    /// The same mistake, repaired by removing a place.
    pub(crate) fn ignoring(mut self, at: &Path<'_>) -> Self {
        self.repairs.push((at.pointer(), None));
        self
    }
}

/// Repairs the mistakes in a tree.
pub(crate) fn repair(tree: &mut Value, mistakes: &[Mistake]) {
    // backwards, since removing an element of a list moves the following ones
    for (at, value) in mistakes.iter().rev().flat_map(|mistake| mistake.repairs.iter().rev()) {
        let segments: Vec<String> = at.segments().collect();
        let Some((last, above)) = segments.split_last() else { continue };
        let parent = above.iter().try_fold(&mut *tree, |value, segment| match value {
            Value::Mapping(map) => map.get_mut(segment.as_str()),
            Value::Sequence(items) => items.get_mut(segment.parse::<usize>().ok()?),
            _ => None,
        });
        match (parent, value) {
            (Some(Value::Mapping(map)), Some(value)) => drop(map.insert(last.as_str().into(), value.clone())),
            (Some(Value::Mapping(map)), None) => drop(map.shift_remove(last.as_str())),
            (Some(Value::Sequence(items)), value) => {
                let Some(index) = last.parse::<usize>().ok().filter(|index| *index < items.len()) else { continue };
                match value {
                    Some(value) => items[index] = value.clone(),
                    None => drop(items.remove(index)),
                }
            }
            _ => {}
        }
    }
}
