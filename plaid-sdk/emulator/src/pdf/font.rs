//! Text in Helvetica, which each reader of PDF files has: its encoding, its width, and where its lines break.

/// The widths of the characters from space to tilde, in thousandths of the font size.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
/// The width of any other character: about that of most letters.
const OTHER: u16 = 556;
/// How much wider the bold letters are at most.
const BOLD: f32 = 1.08;

/// A text in the encoding of Windows-1252. A character that it does not have becomes a question mark.
pub fn encoded(text: &str) -> Vec<u8> {
    text.chars().map(byte).collect()
}

fn byte(character: char) -> u8 {
    match character {
        '\u{20ac}' => 0x80,
        '\u{2026}' => 0x85,
        '\u{2018}' => 0x91,
        '\u{2019}' => 0x92,
        '\u{201c}' => 0x93,
        '\u{201d}' => 0x94,
        '\u{2022}' => 0x95,
        '\u{2013}' => 0x96,
        '\u{2014}' => 0x97,
        ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(character)).unwrap_or(b'?'),
        _ => b'?',
    }
}

/// How wide a text is at a size, in points.
pub fn width(text: &str, size: f32, is_bold: bool) -> f32 {
    let of = |character: char| {
        let index = u32::from(character).checked_sub(32).and_then(|index| usize::try_from(index).ok());
        f32::from(index.and_then(|index| WIDTHS.get(index)).copied().unwrap_or(OTHER))
    };
    let sum: f32 = text.chars().map(of).sum();
    sum * size / 1_000.0 * if is_bold { BOLD } else { 1.0 }
}

/// A text in lines that are at most so wide. A word that is too wide is broken.
pub fn lines(text: &str, size: f32, is_bold: bool, most: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let with = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&with, size, is_bold) <= most {
            line = with;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for character in word.chars() {
            if !line.is_empty() && width(&format!("{line}{character}"), size, is_bold) > most {
                lines.push(std::mem::take(&mut line));
            }
            line.push(character);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{encoded, lines, width};

    #[test]
    fn characters_have_the_bytes_of_windows_1252() {
        assert_eq!(encoded("Caf\u{e9} \u{2013} \u{4e2d}"), b"Caf\xe9 \x96 ?");
    }

    #[test]
    fn digits_have_one_width_and_narrow_letters_a_smaller_one() {
        assert!((width("0123", 10.0, false) - 22.24).abs() < 0.01);
        assert!(width("iii", 10.0, false) < width("www", 10.0, false));
    }

    #[test]
    fn lines_break_between_words_and_in_words_that_are_too_long() {
        let broken = lines("one two three", 10.0, false, 40.0);
        assert_eq!(broken, ["one two", "three"]);
        let word = "x".repeat(40);
        let pieces = lines(&word, 10.0, false, 50.0);
        assert!(pieces.len() > 2 && pieces.concat() == word);
        assert_eq!(lines("", 10.0, false, 50.0), [""]);
    }
}
