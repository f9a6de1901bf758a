//! Where in a document reading failed, `added[3].amount`, and how much of it was not known.
//!
//! No place is recorded while all goes well. On the way out of a failure each level adds its own step.

use std::fmt::{self, Write};

/// What there is to say of a reading.
#[derive(Debug, Default)]
pub struct Trace {
    /// The steps from the place of a failure outwards.
    steps: Vec<Step>,
    /// How many properties and values were read that nothing declares.
    undeclared: usize,
}

#[derive(Debug)]
enum Step {
    Field(&'static str),
    Key(String),
    Index(usize),
}

impl Trace {
    #[cold]
    pub(super) fn field(&mut self, name: &'static str) {
        self.steps.push(Step::Field(name));
    }

    #[cold]
    pub(super) fn key(&mut self, key: &str) {
        self.steps.push(Step::Key(key.to_owned()));
    }

    #[cold]
    pub(super) fn index(&mut self, index: usize) {
        self.steps.push(Step::Index(index));
    }

    /// Counts a property or value that nothing declares.
    pub(super) fn undeclared(&mut self) {
        self.undeclared += 1;
    }

    pub(super) fn count_undeclared(&self) -> usize {
        self.undeclared
    }

    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.steps.iter().rev().enumerate() {
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
