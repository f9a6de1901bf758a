//! The public interface of the generated code: everything that a program can name and call. Comparing two surfaces
//! shows whether a program that compiles against one also compiles against the other.
//!
//! It is read from the same tokens that are written to files, so it can't disagree with the compiler.

mod compare;
mod read;
mod signature;

use std::collections::BTreeMap;
use std::fmt;

pub use self::compare::{Difference, compare};
use api_model::Api;
use api_model::layout::Layout;

/// The start of an alias's signature.
const ALIAS: &str = "type = ";

/// Everything that is public, with its signature. Aliases are resolved, so another name for the same type does not
/// count as a difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    items: BTreeMap<Item, Entry>,
}

/// A public item. Type names are unique in the crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// The type (`Client` for operations), or the module if the member is [`Member::Module`].
    pub owner: String,
    /// The member.
    pub member: Member,
}

/// A public part of a type.
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

/// An item's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    signature: String,
    deprecated: bool,
}

impl Surface {
    /// The surface of the code generated for an API that all passes have completed.
    pub fn of(api: &Api, layout: &Layout) -> Self {
        read::read(api, layout)
    }

    /// The number of public items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no public items.
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

/// One line for each item, with its signature.
impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (item, entry) in &self.items {
            let deprecated = if entry.deprecated { " (deprecated)" } else { "" };
            writeln!(f, "{item}: {}{deprecated}", entry.signature)?;
        }
        Ok(())
    }
}
