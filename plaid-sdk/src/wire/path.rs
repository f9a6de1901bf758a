//! Where in a document reading failed: `added[3].amount`.
//!
//! Nothing is recorded while all goes well. On the way out of a failure each level adds its own step.

use std::fmt::{self, Write};

/// The steps from the place of a failure outwards.
#[derive(Default)]
pub(super) struct Trace(Vec<Step>);

enum Step {
    Field(&'static str),
    Key(String),
    Index(usize),
}

impl Trace {
    #[cold]
    pub(super) fn field(&mut self, name: &'static str) {
        self.0.push(Step::Field(name));
    }

    #[cold]
    pub(super) fn key(&mut self, key: &str) {
        self.0.push(Step::Key(key.to_owned()));
    }

    #[cold]
    pub(super) fn index(&mut self, index: usize) {
        self.0.push(Step::Index(index));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().rev().enumerate() {
            let name = match step {
                Step::Index(index) => {
                    write!(f, "[{index}]")?;
                    continue;
                }
                Step::Field(name) => name,
                Step::Key(name) => name.as_str(),
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
