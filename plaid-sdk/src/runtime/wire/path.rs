//! The path to a decoding error, such as `added[3].amount`, and the number of undeclared properties and values.
//!
//! Nothing is recorded during a successful read. When an error propagates, each level adds its step.

use std::fmt::{self, Write};

/// The path to an error, and the count of undeclared values.
#[derive(Debug, Default)]
pub struct Trace {
    /// The steps, from the error outwards.
    steps: Vec<Step>,
    /// The number of undeclared properties and values.
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

    /// Counts an undeclared property or value.
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
