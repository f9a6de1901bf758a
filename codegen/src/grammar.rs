//! What may stand where in an input, as data: the tables say it once, and checking a document, finding its references
//! and dropping its prose all walk by them. So a property that is named `description` is never taken for the keyword.

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
    /// Text that says something.
    Said,
    /// Text for a reader, which says nothing about the interface.
    Prose,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A whole number from 0 on.
    Count,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A schema's name, or a reference to it as text.
    SchemaName,
    /// A list.
    List(&'static Shape),
    /// A mapping whose keys are names of the document's choice.
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
    /// What a person calls it, with its article: `a schema`.
    pub(crate) name: &'static str,
    /// Its keywords.
    pub(crate) keywords: &'static [Keyword],
    /// What the other keys are, where there may be others: a predicate, what to call them, and their shape.
    pub(crate) others: Option<Others>,
    /// Whether keys that start with `x-` are anyone's.
    pub(crate) extensible: bool,
    /// Keywords of which it has exactly one, if any are named here.
    pub(crate) one_of: &'static [&'static str],
    /// The section of the components that holds such objects, for references.
    pub(crate) section: &'static str,
    /// What to say of keys that other versions or dialects have.
    pub(crate) hint: fn(&str) -> Option<Hint>,
}

/// What a key of another version or dialect means for the generator, with a help for the message.
#[derive(Clone, Copy)]
pub(crate) enum Hint {
    /// The types are the same without it.
    Ignore(&'static str),
    /// Without it, types or operations would come out wrong.
    Refuse(&'static str),
}

/// Keys that are names, not keywords.
pub(crate) struct Others {
    /// Which keys.
    pub(crate) is: fn(&str) -> bool,
    /// What they are, for the message about one that is none: `a path, which starts with `/``.
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
    /// Whether the object is none without it.
    pub(crate) required: bool,
    /// What becomes of it in the interface document.
    pub(crate) keep: Keep,
    /// Whether the generated API is the same without it, so that a mistake in it stops nobody.
    pub(crate) spare: bool,
}

/// What becomes of a keyword in the interface document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// It belongs to the interface.
    Interface,
    /// It is prose or an example.
    Drop,
    /// It is prose that may be a mere name: kept where it is one or two words.
    Name,
    /// It is prose that OpenAPI requires: a word of ours takes its place.
    Word,
}

/// A keyword of the interface.
pub(crate) const fn key(name: &'static str, shape: Shape) -> Keyword {
    Keyword { name, shape, required: false, keep: Keep::Interface, spare: false }
}

impl Keyword {
    /// The object is none without it.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// What becomes of it in the interface document. Nothing but docs is made from what is dropped there.
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

    /// One that has exactly one of these keywords.
    pub(crate) const fn one_of(mut self, keywords: &'static [&'static str]) -> Self {
        self.one_of = keywords;
        self
    }

    /// One that may stand among the components.
    pub(crate) const fn component(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    /// An object whose keys are names, not keywords.
    pub(crate) const fn others(mut self, is: fn(&str) -> bool, are: &'static str, shape: Shape) -> Self {
        self.others = Some(Others { is, are, shape });
        self
    }

    /// One that takes no `x-…`.
    pub(crate) const fn closed(mut self) -> Self {
        self.extensible = false;
        self
    }

    /// One with something to say of keys that other versions or dialects have.
    pub(crate) const fn hint(mut self, hint: fn(&str) -> Option<Hint>) -> Self {
        self.hint = hint;
        self
    }

    /// The keyword of a name.
    pub(crate) fn keyword(&self, name: &str) -> Option<&'static Keyword> {
        self.keywords.iter().find(|keyword| keyword.name == name)
    }

    /// Whether a key is an extension.
    pub(crate) fn is_extension(&self, key: &str) -> bool {
        self.extensible && key.starts_with("x-")
    }
}
