//! A path in a document, such as `added[3].amount`.

use std::fmt::{self, Write};

use crate::runtime::redact;

/// A path in a document, such as `added[3].amount`: its steps, from the value outwards.
#[derive(Clone, Debug, Default)]
pub(super) struct Path(Vec<Step>);

#[derive(Clone, Debug)]
pub(super) enum Step {
    Field(&'static str),
    Key(String),
    Index(usize),
}

impl Path {
    /// The index, if it is the path of a list's element.
    pub(super) fn only_index(&self) -> Option<usize> {
        match *self.0 {
            [Step::Index(index)] => Some(index),
            _ => None,
        }
    }

    pub(super) fn push(&mut self, step: Step) {
        self.0.push(step);
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().rev().enumerate() {
            let key;
            let name = match step {
                Step::Index(index) => {
                    write!(f, "[{index}]")?;
                    continue;
                }
                Step::Field(name) => name,
                Step::Key(name) => {
                    key = redact::tokens(name);
                    shortened(&key)
                }
            };
            let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
            match (plain, at) {
                (true, 0) => f.write_str(name)?,
                (true, _) => {
                    f.write_char('.')?;
                    f.write_str(name)?;
                }
                (false, _) => write!(f, "[{name:?}]")?,
            }
        }
        Ok(())
    }
}

/// The start of a long key: it comes from the document, and paths are logged.
fn shortened(key: &str) -> &str {
    const LONGEST: usize = 64;
    key.char_indices().nth(LONGEST).map_or(key, |(end, _)| &key[..end])
}

/// The text of an error without the position, which refers to a part of the document.
pub(super) fn without_position(error: &impl fmt::Display) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
