//! The bytes of a document whose texts have their places.

use pdf_writer::{Content, Name, Pdf, Rect, Ref, Str, TextStr};

use super::font;
use super::layout::{BAND, HEIGHT, MARGIN, Page, WIDTH};

const REGULAR: Name<'_> = Name(b"F1");
const BOLD: Name<'_> = Name(b"F2");
/// What the band on the first page says.
const NOTICE: &str = "EMULATOR: made by plaid-emulator from test data. Not a document of a bank.";

/// The file.
pub fn bytes(title: &str, pages: &[Page]) -> Vec<u8> {
    let mut next = 0;
    let mut new = || {
        next += 1;
        Ref::new(next)
    };
    let (catalog, tree, regular, bold, info) = (new(), new(), new(), new(), new());
    let ids: Vec<(Ref, Ref)> = pages.iter().map(|_| (new(), new())).collect();
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(ids.iter().map(|(page, _)| *page)).count(count);
    pdf.document_info(info).title(TextStr(title)).producer(TextStr("plaid-emulator"));
    for (font, name) in [(regular, Name(b"Helvetica")), (bold, Name(b"Helvetica-Bold"))] {
        pdf.type1_font(font).base_font(name).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    for (index, (page, (id, content))) in pages.iter().zip(&ids).enumerate() {
        let mut leaf = pdf.page(*id);
        leaf.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(tree).contents(*content);
        leaf.resources().fonts().pair(REGULAR, regular).pair(BOLD, bold);
        drop(leaf);
        pdf.stream(*content, &drawn(title, page, index + 1, pages.len()));
    }
    pdf.finish()
}

fn drawn(title: &str, page: &Page, number: usize, of: usize) -> Vec<u8> {
    let mut content = Content::new();
    if number == 1 {
        content.set_fill_rgb(0.75, 0.15, 0.1);
        content.rect(0.0, HEIGHT - BAND, WIDTH, BAND).fill_nonzero();
        content.set_fill_rgb(1.0, 1.0, 1.0);
        show(&mut content, (MARGIN, HEIGHT - BAND + 10.0), BOLD, 10.0, NOTICE);
    }
    content.set_stroke_rgb(0.6, 0.6, 0.6).set_line_width(0.5);
    for y in page.rules.iter().chain([&52.0]) {
        content.move_to(MARGIN, *y).line_to(WIDTH - MARGIN, *y).stroke();
    }
    content.set_fill_rgb(0.1, 0.1, 0.1);
    for text in &page.texts {
        show(&mut content, (text.x, text.y), if text.is_bold { BOLD } else { REGULAR }, text.size, &text.text);
    }
    content.set_fill_rgb(0.4, 0.4, 0.4);
    show(&mut content, (MARGIN, 38.0), REGULAR, 8.0, &format!("EMULATOR | {title}"));
    let place = format!("Page {number} of {of}");
    show(&mut content, (WIDTH - MARGIN - font::width(&place, 8.0, false), 38.0), REGULAR, 8.0, &place);
    content.finish().into_vec()
}

fn show(content: &mut Content, (x, y): (f32, f32), font: Name<'_>, size: f32, text: &str) {
    content.begin_text().set_font(font, size).next_line(x, y).show(Str(&font::encoded(text))).end_text();
}
