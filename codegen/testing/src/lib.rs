//! What the tests of the generator share. `cargo xtask cases` reads the case files through it too.

pub mod case;
pub mod modules;
pub mod own;
pub mod published;
pub mod samples;
pub mod valid;

use codegen::Input;

/// A text with its name in reports.
pub fn input(name: &str, text: &str) -> Input {
    Input { name: name.to_owned(), text: text.to_owned() }
}
