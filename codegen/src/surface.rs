//! What a program that depends on the SDK can name, call and rely on: the public half of what is emitted. Two of them
//! tell whether a program that compiled against the one compiles against the other.
//!
//! It is read from the very tokens that are written to files, so that it can't say anything else than the compiler.

mod compare;
mod read;
mod signature;

use std::collections::BTreeMap;
use std::fmt;

pub use self::compare::{Difference, compare};
use api_model::Api;
use api_model::layout::Layout;

/// What the signature of an alias begins with.
const ALIAS: &str = "type = ";

/// Everything that is public, with its signature. Aliases are resolved: another name for the same type is no difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    items: BTreeMap<Item, Entry>,
}

/// What can be named. Types have names of their own in the whole crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// The type (`Client` for operations), or the module where the member is [`Member::Module`].
    pub owner: String,
    /// What of it.
    pub member: Member,
}

/// A part of a type that can be named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Member {
    /// A module, with its feature.
    Module,
    /// The type itself.
    Type,
    /// Its path in this module.
    In(String),
    /// A public field.
    Field(String),
    /// A method or constructor.
    Method(String),
    /// A variant.
    Variant(String),
    /// A trait that it implements.
    Trait(String),
}

/// How it looks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    signature: String,
    deprecated: bool,
}

impl Surface {
    /// The surface of what is made of an API that all passes have completed.
    pub fn of(api: &Api, layout: &Layout) -> Self {
        read::read(api, layout)
    }

    /// How many things can be named.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing can be named.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let owner = &self.owner;
        match &self.member {
            Member::Module => write!(f, "module {owner}"),
            Member::Type => write!(f, "{owner}"),
            Member::In(module) => write!(f, "{module}::{owner}"),
            Member::Field(name) => write!(f, "{owner}.{name}"),
            Member::Method(name) => write!(f, "{owner}::{name}()"),
            Member::Variant(name) => write!(f, "{owner}::{name}"),
            Member::Trait(name) => write!(f, "impl {name} for {owner}"),
        }
    }
}

/// One line for each thing: what it is and its signature.
impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (item, entry) in &self.items {
            let deprecated = if entry.deprecated { " (deprecated)" } else { "" };
            writeln!(f, "{item}: {}{deprecated}", entry.signature)?;
        }
        Ok(())
    }
}
