//! Where the texts of a document stand.

use super::{Block, Document, Table, font};

/// The size of a page and its margin in points: US Letter.
pub const WIDTH: f32 = 612.0;
pub const HEIGHT: f32 = 792.0;
pub const MARGIN: f32 = 54.0;
/// The height of the band on the first page.
pub const BAND: f32 = 30.0;
/// Where the text ends, above the foot of the page.
const BOTTOM: f32 = 72.0;
/// The sizes of texts.
const TITLE: f32 = 18.0;
const HEADING: f32 = 12.0;
const BODY: f32 = 9.0;
/// The distance of two lines, and the room between two cells.
const LEADING: f32 = 13.0;
const GAP: f32 = 6.0;

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its texts.
    pub texts: Vec<Text>,
    /// Its horizontal rules: the height of each. They reach from margin to margin.
    pub rules: Vec<f32>,
}

/// A text in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Where it starts.
    pub x: f32,
    pub y: f32,
    /// Its size.
    pub size: f32,
    pub is_bold: bool,
    pub text: String,
}

/// The pages of a document. There is at least one.
pub fn pages(document: &Document) -> Vec<Page> {
    let mut pen = Pen { pages: vec![Page::default()], y: HEIGHT - BAND - 20.0 };
    for line in font::lines(&document.title, TITLE, true, WIDTH - 2.0 * MARGIN) {
        pen.y -= TITLE + 4.0;
        pen.write(MARGIN, TITLE, true, line);
    }
    pen.y -= 8.0;
    for block in &document.blocks {
        match block {
            Block::Heading(text) => {
                // A heading alone at the foot of a page helps nobody.
                pen.reserve(HEADING + 4.0 * LEADING);
                pen.y -= HEADING + 10.0;
                pen.write(MARGIN, HEADING, true, text.clone());
                pen.y -= 4.0;
            }
            Block::Line(text) => {
                for line in font::lines(text, BODY, false, WIDTH - 2.0 * MARGIN) {
                    pen.next_line();
                    pen.write(MARGIN, BODY, false, line);
                }
            }
            Block::Facts(facts) => facts.iter().for_each(|(name, value)| pen.fact(name, value)),
            Block::Table(table) => pen.table(table),
        }
    }
    pen.pages
}

/// Writes on the last page, from top to bottom.
struct Pen {
    pages: Vec<Page>,
    y: f32,
}

impl Pen {
    fn write(&mut self, x: f32, size: f32, is_bold: bool, text: String) {
        let y = self.y;
        if let Some(page) = self.pages.last_mut() {
            page.texts.push(Text { x, y, size, is_bold, text });
        }
    }

    /// Starts a page if less than a height is left on this one. The result says whether it did.
    fn reserve(&mut self, height: f32) -> bool {
        let is_full = self.y - height < BOTTOM;
        if is_full {
            self.pages.push(Page::default());
            self.y = HEIGHT - MARGIN;
        }
        is_full
    }

    fn next_line(&mut self) {
        self.reserve(LEADING);
        self.y -= LEADING;
    }

    fn fact(&mut self, name: &str, value: &str) {
        let left = MARGIN + 150.0;
        for (index, line) in font::lines(value, BODY, false, WIDTH - MARGIN - left).into_iter().enumerate() {
            self.next_line();
            if index == 0 {
                self.write(MARGIN, BODY, true, name.to_owned());
            }
            self.write(left, BODY, false, line);
        }
    }

    fn table(&mut self, table: &Table) {
        let shares: u16 = table.columns.iter().map(|column| u16::from(column.share)).sum();
        let unit = (WIDTH - 2.0 * MARGIN) / f32::from(shares.max(1));
        let header: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
        self.reserve(4.0 * LEADING);
        self.y -= 6.0;
        self.row(table, unit, &header, true);
        for cells in &table.rows {
            let height = cell_lines(table, unit, cells, false).iter().map(Vec::len).max().unwrap_or(1);
            let height = u16::try_from(height).map_or(LEADING, |lines| f32::from(lines) * LEADING);
            if self.reserve(height) {
                self.row(table, unit, &header, true);
            }
            self.row(table, unit, cells, false);
        }
        self.y -= 4.0;
    }

    fn row(&mut self, table: &Table, unit: f32, cells: &[String], is_bold: bool) {
        let top = self.y;
        let mut lowest = top - LEADING;
        let mut x = MARGIN;
        for (column, lines) in table.columns.iter().zip(cell_lines(table, unit, cells, is_bold)) {
            let room = f32::from(column.share) * unit;
            self.y = top;
            for line in lines {
                self.next_line();
                let shift = if column.is_right { room - GAP - font::width(&line, BODY, is_bold) } else { 0.0 };
                self.write(x + shift, BODY, is_bold, line);
            }
            lowest = lowest.min(self.y);
            x += room;
        }
        self.y = lowest;
        if let Some(page) = self.pages.last_mut().filter(|_| is_bold) {
            page.rules.push(lowest - 4.0);
            self.y -= 4.0;
        }
    }
}

/// The lines of each cell of a row.
fn cell_lines(table: &Table, unit: f32, cells: &[String], is_bold: bool) -> Vec<Vec<String>> {
    let pairs = table.columns.iter().zip(cells);
    pairs.map(|(column, cell)| font::lines(cell, BODY, is_bold, f32::from(column.share) * unit - GAP)).collect()
}
