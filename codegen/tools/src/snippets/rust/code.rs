//! Rust expressions as documents, broken as rustfmt breaks them.

use api_model::layout::is_keyword;

use crate::snippets::{Class, Doc, Snippet};

/// The width of the lines.
pub(super) const WIDTH: usize = 88;

/// The indentation of a level.
const INDENT: isize = 4;

/// Elements of at most this width share lines when their list is broken, as in rustfmt.
const SHORT: usize = 10;

/// An expression. Its form decides how it is broken as an argument.
#[derive(Clone, Debug)]
pub(super) enum Expr {
    /// It is never broken.
    Atom(Doc, usize),
    /// It has brackets at its end, after this many characters. As the only argument of a call it starts on the line of
    /// the call.
    Bracketed(Doc, usize),
    /// Method calls. If they are broken, each is on a line of its own.
    Chain(Doc, Vec<Doc>),
}

impl Expr {
    /// A piece of code that is never broken.
    pub(super) fn atom(class: Class, text: impl Into<String>) -> Self {
        let text = text.into();
        let width = text.chars().count();
        Self::Atom(class.text(text), width)
    }

    /// A piece of code that is never broken, from several.
    pub(super) fn atoms(parts: impl IntoIterator<Item = (Class, String)>) -> Self {
        Path::of(parts).expr()
    }

    /// The expression as a document.
    pub(super) fn doc(self) -> Doc {
        match self {
            Self::Atom(doc, _) | Self::Bracketed(doc, _) => doc,
            Self::Chain(root, links) if links.is_empty() => root,
            Self::Chain(root, links) => {
                let width = flat_width(&root);
                let links = Doc::concat(links.into_iter().map(|link| Doc::line_().append(link)));
                // What follows a root of several lines is not indented.
                let (indented, below) = (root.clone().append(links.clone().nest(INDENT)), root.append(links));
                let chosen = move |column| {
                    let is_on_a_line = width.is_some_and(|width| column + width <= WIDTH);
                    if is_on_a_line { indented.clone() } else { below.clone() }
                };
                Doc::column(chosen).group()
            }
        }
    }

    fn is_short(&self) -> bool {
        matches!(self, Self::Atom(_, width) if *width <= SHORT)
    }

    /// A method call on it.
    pub(super) fn method(self, name: &str, arguments: Vec<Expr>) -> Self {
        self.link(plain(".").append(call(Path::name(name), arguments).doc()))
    }

    /// What follows it in a chain: a method call, `.await?`.
    pub(super) fn link(self, link: Doc) -> Self {
        match self {
            Self::Chain(root, mut links) => {
                links.push(link);
                Self::Chain(root, links)
            }
            Self::Atom(root, _) | Self::Bracketed(root, _) => Self::Chain(root, vec![link]),
        }
    }
}

/// Punctuation and names of variables.
pub(super) fn plain(text: &'static str) -> Doc {
    Class::Plain.text(text)
}

/// A name, or several with `::` between them, and its width.
#[derive(Clone, Debug)]
pub(super) struct Path(Doc, usize);

impl Path {
    /// From its pieces.
    pub(super) fn of(parts: impl IntoIterator<Item = (Class, String)>) -> Self {
        let mut width = 0;
        let doc = Doc::concat(parts.into_iter().map(|(class, text)| {
            width += text.chars().count();
            class.text(text)
        }));
        Self(doc, width)
    }

    /// `of::name`, the name of a function.
    pub(super) fn function(of: &str, name: &str) -> Self {
        let parts = [(Class::Type, of), (Class::Plain, "::"), (Class::Function, name)];
        Self::of(parts.map(|(class, text)| (class, text.to_owned())))
    }

    /// `of::variant`, a variant of an enum.
    pub(super) fn variant(of: &str, variant: &str) -> Self {
        let parts = [(Class::Type, of), (Class::Plain, "::"), (Class::Type, variant)];
        Self::of(parts.map(|(class, text)| (class, text.to_owned())))
    }

    /// The name of a function, method or macro.
    pub(super) fn name(name: &str) -> Self {
        Self::of([(Class::Function, name.to_owned())])
    }

    /// The path as an expression.
    pub(super) fn expr(self) -> Expr {
        Expr::Atom(self.0, self.1)
    }
}

/// A call of a function.
pub(super) fn call(function: Path, arguments: Vec<Expr>) -> Expr {
    let (arguments, head) = brackets("(", arguments, ")");
    Expr::Bracketed(function.0.append(arguments), function.1 + head)
}

/// `[elements]`.
pub(super) fn array(elements: Vec<Expr>) -> Expr {
    let (elements, head) = list(elements);
    Expr::Bracketed(elements, head)
}

/// `vec![elements]`.
pub(super) fn vector(elements: Vec<Expr>) -> Expr {
    let (elements, head) = list(elements);
    Expr::Bracketed(Class::Function.text("vec!").append(elements), head + "vec!".len())
}

fn list(elements: Vec<Expr>) -> (Doc, usize) {
    if elements.iter().all(Expr::is_short) { filled("[", elements, "]") } else { brackets("[", elements, "]") }
}

/// `(first, second)`.
pub(super) fn pair(first: Expr, second: Expr) -> Expr {
    let (both, head) = brackets("(", vec![first, second], ")");
    Expr::Bracketed(both, head)
}

/// `value?`.
pub(super) fn tried(value: Expr) -> Expr {
    match value {
        Expr::Bracketed(doc, head) => Expr::Bracketed(doc.append(plain("?")), head),
        Expr::Atom(doc, width) => Expr::Atom(doc.append(plain("?")), width + 1),
        chain @ Expr::Chain(..) => Expr::Bracketed(chain.doc().append(plain("?")), 0),
    }
}

/// `Name { field: value }`.
pub(super) fn literal(name: &str, fields: Vec<(String, Expr)>) -> Expr {
    let fields = fields.into_iter().map(|(name, value)| {
        let name = Class::Property.text(name).append(plain(":"));
        match value {
            // It has a line of its own if it does not fit after the name.
            Expr::Atom(value, _) => name.append(Doc::line().append(value).nest(INDENT).group()),
            value => name.append(plain(" ")).append(value.doc()),
        }
    });
    let fields = Doc::intersperse(fields, plain(",").append(Doc::line()));
    let inner = Doc::line().append(fields).append(trailing_comma()).nest(INDENT).append(Doc::line());
    let literal = Class::Type.text(name.to_owned()).append(plain(" {")).append(inner).append(plain("}")).group();
    Expr::Bracketed(literal, name.chars().count() + " {".len())
}

/// `{ "key": value }`, as the macro `json!` has it.
pub(super) fn members(members: Vec<(Doc, Expr)>) -> Expr {
    let members = members.into_iter().map(|(key, value)| key.append(plain(": ")).append(value.doc()));
    // A macro's argument is not code: there, no comma is added.
    let members = Doc::intersperse(members, plain(",").append(Doc::line()));
    let inner = Doc::line().append(members).nest(INDENT).append(Doc::line());
    Expr::Bracketed(plain("{").append(inner).append(plain("}")).group(), 1)
}

/// Statements in braces, each on its line.
pub(super) fn block(statements: Vec<Doc>) -> Expr {
    let lines = statements.into_iter().map(|statement| Doc::hardline().append(statement));
    Expr::Bracketed(plain("{").append(Doc::concat(lines).nest(INDENT)).append(Doc::hardline()).append(plain("}")), 1)
}

/// Elements in brackets, and the width up to the place where they can be broken. If they don't fit on the line, each has
/// its own, except that a single one with brackets of its own starts on the line if it can.
fn brackets(open: &'static str, elements: Vec<Expr>, close: &'static str) -> (Doc, usize) {
    match elements.as_slice() {
        [] => (plain(open).append(plain(close)), open.len() + close.len()),
        [Expr::Bracketed(element, head)] => {
            let (element, head) = (element.clone(), *head + open.len());
            let apart = enclosed(open, [element.clone()].into_iter(), Doc::line(), close);
            let here = plain(open).append(element).append(plain(close));
            let chosen = move |column| if column + head <= WIDTH { here.clone() } else { apart.clone() };
            (Doc::column(chosen), open.len())
        }
        _ => (enclosed(open, elements.into_iter().map(Expr::doc), Doc::line(), close), open.len()),
    }
}

/// Like [`brackets`], with as many elements on a line as fit.
fn filled(open: &'static str, elements: Vec<Expr>, close: &'static str) -> (Doc, usize) {
    if elements.is_empty() {
        return brackets(open, elements, close);
    }
    (enclosed(open, elements.into_iter().map(Expr::doc), Doc::softline(), close), open.len())
}

fn enclosed(open: &'static str, all: impl Iterator<Item = Doc>, separator: Doc, close: &'static str) -> Doc {
    let all = Doc::intersperse(all, plain(",").append(separator));
    let inner = Doc::line_().append(all).append(trailing_comma()).nest(INDENT).append(Doc::line_());
    plain(open).append(inner).append(plain(close)).group()
}

/// The width of code on one line. Returns `None` for code that always has several lines.
fn flat_width(code: &Doc) -> Option<usize> {
    let text = Snippet::layout(&code.clone().group(), usize::MAX).text();
    (!text.contains('\n')).then(|| text.chars().count())
}

/// `let name = value;`. As in rustfmt, the value begins on the next line if it then fits better.
pub(super) fn assigned(keyword: &'static str, name: &str, value: Expr) -> Doc {
    let start = Class::Keyword.text(keyword).append(Class::Plain.text(format!(" {} =", identifier(name))));
    let value = value.doc().append(plain(";"));
    let here = start.clone().append(plain(" ")).append(value.clone());
    let below = start.append(Doc::hardline().append(value).nest(INDENT));
    let text = |doc: &Doc| Snippet::layout(doc, WIDTH).text();
    if is_better_below(&text(&here), &text(&below)) { below } else { here }
}

/// Whether a statement is better with its value on the next line: rustfmt's `prefer_next_line`.
fn is_better_below(here: &str, below: &str) -> bool {
    let (here, below): (Vec<&str>, Vec<&str>) = (here.lines().collect(), below.lines().skip(1).collect());
    let is_within = |lines: &[&str]| lines.iter().all(|line| line.chars().count() <= WIDTH);
    if (here.len() == 1 && is_within(&here)) || !is_within(&below) {
        return false;
    }
    let ends = |lines: &[&str], end| lines.first().is_some_and(|line| line.ends_with(end));
    below.len() == 1
        || here.len() > below.len() + 1
        || ['(', '{', '['].iter().any(|end| ends(&here, *end) && !ends(&below, *end))
}

fn trailing_comma() -> Doc {
    plain(",").flat_alt(Doc::nil())
}

/// Names in braces after a path, as many on a line as fit: the end of a `use`.
pub(super) fn names(names: Vec<String>) -> Doc {
    enclosed("{", names.into_iter().map(|name| Class::Type.text(name)), Doc::softline(), "}")
}

/// A string's literal.
pub(super) fn string(text: &str) -> Expr {
    Expr::atom(Class::String, format!("{text:?}"))
}

/// The identifier for a name, with `r#` if it is a keyword.
pub(super) fn identifier(name: &str) -> String {
    if is_keyword(name) { format!("r#{name}") } else { name.to_owned() }
}
