//! The structure of the inputs, as tables. Checking a document, finding its references and dropping its prose all use
//! the same tables, so a property that is named `description` is never mistaken for the keyword.

pub(crate) mod check;
mod meant;
pub(crate) mod mistake;
pub(crate) mod openapi;
mod path;
mod say;
mod walk;

pub(crate) use path::Path;
pub(crate) use say::{closest, describe};
pub(crate) use walk::{children, for_each_reference, reference};

/// What is allowed at a place.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// Anything.
    Json,
    /// Text.
    Text,
    /// Text that is not empty.
    Said,
    /// Prose, which does not affect the interface.
    Prose,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A whole number that is not negative.
    Count,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A schema's name, or a reference to it as text.
    SchemaName,
    /// A list.
    List(&'static Shape),
    /// A mapping whose keys are names that the document chooses.
    Map(&'static Shape),
    /// An object.
    Object(&'static Object),
    /// An object, or a `$ref` to one among the components.
    Reference(&'static Object),
    /// `true`, `false`, or something else.
    FlagOr(&'static Shape),
}

/// An object with keywords.
pub(crate) struct Object {
    /// Its name in messages, with the article: `a schema`.
    pub(crate) name: &'static str,
    /// Its keywords.
    pub(crate) keywords: &'static [Keyword],
    /// Other keys, if it may have any.
    pub(crate) others: Option<Others>,
    /// Whether it may have extensions: keys that start with `x-`.
    pub(crate) extensible: bool,
    /// If not empty, it must have exactly one of these keywords.
    pub(crate) one_of: &'static [&'static str],
    /// The section of the components for such objects, for references.
    pub(crate) section: &'static str,
    /// Hints for keys of other versions or dialects.
    pub(crate) hint: fn(&str) -> Option<Hint>,
}

/// How the generator treats a key of another version or dialect, with the help text for the message.
#[derive(Clone, Copy)]
pub(crate) enum Hint {
    /// The types are the same without it.
    Ignore(&'static str),
    /// Without it, types or operations would be wrong.
    Refuse(&'static str),
}

/// Keys that are names, not keywords.
pub(crate) struct Others {
    /// Whether a key is one of them.
    pub(crate) is: fn(&str) -> bool,
    /// Their name, for the message about a key that is not allowed: `a path, which starts with `/``.
    pub(crate) are: &'static str,
    /// The shape of each value.
    pub(crate) shape: Shape,
}

/// A keyword of an object.
pub(crate) struct Keyword {
    /// Its name.
    pub(crate) name: &'static str,
    /// The shape of the value.
    pub(crate) shape: Shape,
    /// Whether the object must have it.
    pub(crate) required: bool,
    /// How the import treats it.
    pub(crate) keep: Keep,
    /// Whether the generated API is the same without it, so that a mistake in it is only a note.
    pub(crate) spare: bool,
}

/// How the import treats a keyword.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// It belongs to the interface.
    Interface,
    /// It is prose or an example.
    Drop,
    /// It is prose that may be just a name: it is kept if it has one or two words.
    Name,
    /// It is prose that OpenAPI requires: it is replaced by a word of ours.
    Word,
}

/// A keyword of the interface.
pub(crate) const fn key(name: &'static str, shape: Shape) -> Keyword {
    Keyword { name, shape, required: false, keep: Keep::Interface, spare: false }
}

impl Keyword {
    /// The object must have it.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// How the import treats it. Only docs are generated from keywords that the import drops.
    pub(crate) const fn keep(mut self, keep: Keep) -> Self {
        self.keep = keep;
        self.spare = matches!(keep, Keep::Drop);
        self
    }

    /// The generated API is the same without it.
    pub(crate) const fn spare(mut self) -> Self {
        self.spare = true;
        self
    }
}

impl Object {
    /// An object with these keywords and no others.
    pub(crate) const fn new(name: &'static str, keywords: &'static [Keyword]) -> Self {
        Self { name, keywords, others: None, extensible: true, one_of: &[], section: "", hint: |_| None }
    }

    /// It must have exactly one of these keywords.
    pub(crate) const fn one_of(mut self, keywords: &'static [&'static str]) -> Self {
        self.one_of = keywords;
        self
    }

    /// It may be a component.
    pub(crate) const fn component(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    /// An object whose keys are names, not keywords.
    pub(crate) const fn others(mut self, is: fn(&str) -> bool, are: &'static str, shape: Shape) -> Self {
        self.others = Some(Others { is, are, shape });
        self
    }

    /// It may not have extensions.
    pub(crate) const fn closed(mut self) -> Self {
        self.extensible = false;
        self
    }

    /// It has hints for keys of other versions or dialects.
    pub(crate) const fn hint(mut self, hint: fn(&str) -> Option<Hint>) -> Self {
        self.hint = hint;
        self
    }

    /// The keyword with this name.
    pub(crate) fn keyword(&self, name: &str) -> Option<&'static Keyword> {
        self.keywords.iter().find(|keyword| keyword.name == name)
    }

    /// Whether a key is an extension.
    pub(crate) fn is_extension(&self, key: &str) -> bool {
        self.extensible && key.starts_with("x-")
    }
}
