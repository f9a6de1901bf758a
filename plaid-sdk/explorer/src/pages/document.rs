//! A page as data. HTML and Markdown are made from it.

use maud::Markup;
use plaid_catalog::model::{Docs, Operation, Text};

use super::inline::{Inline, Mark};
use super::links::Address;
use super::tree::Tree;

/// A page.
#[derive(Debug)]
pub struct Document<'a> {
    /// Its address.
    pub address: Address<'a>,
    /// Its title.
    pub title: String,
    /// Whether the title is a name in code.
    pub is_code: bool,
    /// What is around it, from the outside to the inside.
    pub crumbs: Vec<(String, Address<'a>)>,
    /// The product that it belongs to.
    pub product: Option<&'a str>,
    /// What is on it.
    pub blocks: Vec<Block<'a>>,
    /// The column beside it.
    pub aside: Option<Markup>,
}

impl<'a> Document<'a> {
    /// A page without anything on it.
    pub fn new(address: Address<'a>, title: impl Into<String>) -> Self {
        Self {
            address,
            title: title.into(),
            is_code: false,
            crumbs: Vec::new(),
            product: None,
            blocks: Vec::new(),
            aside: None,
        }
    }
}

/// A part of a page.
#[derive(Debug)]
pub enum Block<'a> {
    /// A paragraph.
    Paragraph(Inline<'a>),
    /// A paragraph that introduces the page.
    Lead(Inline<'a>),
    /// The paragraphs of a text.
    Prose(&'a Text),
    /// The method and the path of an operation, with marks.
    Endpoint(&'a Operation, Vec<Mark>),
    /// Something to know before reading on.
    Notice(Inline<'a>),
    /// A part with a heading.
    Section {
        /// The anchor.
        id: &'static str,
        /// The heading.
        title: String,
        /// What is in it.
        blocks: Vec<Block<'a>>,
    },
    /// Properties.
    Tree(Tree<'a>),
    /// A list of links with a line each.
    Items(Vec<Item<'a>>),
    /// Groups of links, side by side.
    Cards(Vec<Card<'a>>),
    /// The operations around one: those before it, its own path, those after it.
    Steps(Vec<Step<'a>>, &'a str, Vec<Step<'a>>),
    /// Values of an enum.
    Values(Vec<(String, &'a Docs)>),
    /// Pairs of a name and a text.
    Facts(Vec<(&'static str, Inline<'a>)>),
    /// Code in a language.
    Code(&'static str, String),
    /// What only people get: a form.
    Html(Markup),
    /// What only Markdown has, since people get it in another form.
    Only(Vec<Block<'a>>),
}

/// An operation before or after another.
#[derive(Debug)]
pub struct Step<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// Why it follows.
    pub reason: &'a Text,
}

/// A link with a line about it.
#[derive(Debug)]
pub struct Item<'a> {
    /// The anchor.
    pub id: Option<String>,
    /// The name.
    pub name: String,
    /// Whether the name is code.
    pub is_code: bool,
    /// Where it leads, and to which anchor.
    pub to: Option<(Address<'a>, Option<String>)>,
    /// A small line below the name.
    pub note: Option<String>,
    /// The marks.
    pub marks: Vec<Mark>,
    /// What it is about.
    pub about: Inline<'a>,
}

impl<'a> Item<'a> {
    /// A link to a page.
    pub fn new(name: impl Into<String>, to: Address<'a>, about: Inline<'a>) -> Self {
        Self { id: None, name: name.into(), is_code: false, to: Some((to, None)), note: None, marks: Vec::new(), about }
    }

    /// With a name that is code.
    pub fn code(self) -> Self {
        Self { is_code: true, ..self }
    }

    /// With a small line below the name.
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// With marks.
    pub fn marks(self, marks: Vec<Mark>) -> Self {
        Self { marks, ..self }
    }
}

/// A group of links.
#[derive(Debug)]
pub struct Card<'a> {
    /// Its title, which leads to a page.
    pub title: (String, Address<'a>),
    /// What it is about.
    pub about: String,
    /// A small line at its end.
    pub note: String,
}
