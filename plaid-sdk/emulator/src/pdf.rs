//! Documents as PDF files: headings, lines, facts and tables over as many pages as they need. The same content gives the same
//! bytes. The first page and the foot of each page say EMULATOR, so that no document can be taken for a bank's.

mod font;
mod layout;
mod write;

use rust_decimal::Decimal;

/// An amount as documents show it: with at least two digits after the point.
pub fn money(amount: Decimal) -> String {
    let amount = amount.normalize();
    format!("{amount:.digits$}", digits = usize::try_from(amount.scale().max(2)).unwrap_or(2))
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    title: String,
    blocks: Vec<Block>,
}

/// A piece of a document, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Block {
    Heading(String),
    Line(String),
    Facts(Vec<(String, String)>),
    Table(Table),
}

/// A table. Its header comes again on each page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    name: String,
    share: u8,
    is_right: bool,
}

impl Document {
    /// A document with a title and nothing below it.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), blocks: Vec::new() }
    }

    /// Adds a heading. It stays on the same page as what follows.
    #[must_use]
    pub fn heading(mut self, text: impl Into<String>) -> Self {
        self.blocks.push(Block::Heading(text.into()));
        self
    }

    /// Adds a line of text. A long one is broken.
    #[must_use]
    pub fn line(mut self, text: impl Into<String>) -> Self {
        self.blocks.push(Block::Line(text.into()));
        self
    }

    /// Adds facts, each a name and a value, one below the other.
    #[must_use]
    pub fn facts<N: Into<String>, V: Into<String>>(mut self, facts: impl IntoIterator<Item = (N, V)>) -> Self {
        let facts = facts.into_iter().map(|(name, value)| (name.into(), value.into()));
        self.blocks.push(Block::Facts(facts.collect()));
        self
    }

    /// Adds a table.
    #[must_use]
    pub fn table(mut self, table: Table) -> Self {
        self.blocks.push(Block::Table(table));
        self
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        write::bytes(&self.title, &layout::pages(self))
    }
}

impl Table {
    /// A table without rows.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        Self { columns: columns.into_iter().collect(), rows: Vec::new() }
    }

    /// Adds a row. Cells past the last column are left out.
    pub fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }
}

impl Column {
    /// A column of texts. Columns share the width of the page in the proportion of their shares.
    pub fn left(name: impl Into<String>, share: u8) -> Self {
        Self { name: name.into(), share, is_right: false }
    }

    /// A column of numbers, aligned on the right.
    pub fn right(name: impl Into<String>, share: u8) -> Self {
        Self { is_right: true, ..Self::left(name, share) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Document, Table, money};

    fn long() -> Document {
        let mut table =
            Table::new([Column::left("Date", 2), Column::left("Description", 5), Column::right("Amount", 2)]);
        for row in 0..120 {
            table.row(["2026-11-01".to_owned(), format!("Purchase (number {row})"), "12.50".to_owned()]);
        }
        Document::new("Statement").facts([("Account", "Café \u{2013} Checking")]).heading("Transactions").table(table)
    }

    fn texts(bytes: &[u8]) -> String {
        // The content is not compressed, and a string of ASCII is written in parentheses.
        String::from_utf8_lossy(bytes).into_owned()
    }

    #[test]
    fn a_long_table_has_several_pages_and_says_where_it_comes_from() {
        let bytes = long().bytes();
        assert!(bytes.starts_with(b"%PDF-1."));
        let text = texts(&bytes);
        let pages = text.matches("/Type /Page\n").count();
        assert!(pages >= 3, "{pages} pages");
        assert_eq!(text.matches("(Description)").count(), pages, "the header comes again on each page");
        assert!(text.contains(&format!("(Page {pages} of {pages})")));
        assert!(text.matches("EMULATOR").count() > pages, "once on top, and at the foot of each page");
        for row in 0..120 {
            // Parentheses in balance need no escape.
            assert!(text.contains(&format!("(Purchase (number {row}))")), "row {row}");
        }
    }

    #[test]
    fn the_same_content_gives_the_same_bytes() {
        assert_eq!(long().bytes(), long().bytes());
        assert_ne!(long().bytes(), long().line("more").bytes());
    }

    #[test]
    fn amounts_have_two_digits_or_more() {
        let shown = ["5", "-1.5", "0.0110", "12345.678"].map(|text| text.parse().map(money).unwrap_or_default());
        assert_eq!(shown, ["5.00", "-1.50", "0.011", "12345.678"]);
    }

    #[test]
    fn an_empty_document_has_one_page() {
        let text = texts(&Document::new("Nothing").bytes());
        assert!(text.contains("(Page 1 of 1)") && text.contains("(Nothing)"));
    }
}
