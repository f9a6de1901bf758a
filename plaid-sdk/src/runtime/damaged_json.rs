//! Finds string properties of objects in JSON that is damaged: cut off, with wrong bytes, or with bytes missing or added.
//!
//! The anchors are keys: `"name":` with quotes that are not escaped. In a JSON string quotes are escaped, so no text that
//! is quoted within a message is an anchor. The bytes between two anchors are the value of the first, commas and brackets.
//! The brackets decide which object a key belongs to. Each byte is read a fixed number of times.

mod frames;
mod strings;

use self::frames::Frames;
pub(crate) use self::frames::Place;
pub(crate) use self::strings::is_token;
use self::strings::{is_escaped, is_space, trim_end, trim_start};

/// An object, or a part of one, with some of the wanted properties.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) place: Place,
    strings: Vec<Property>,
}

#[derive(Debug)]
struct Property {
    name: &'static str,
    value: String,
    /// Whether the bytes before the key are damaged.
    is_doubtful: bool,
}

impl Found {
    /// The value of a property. The last one counts, as in JSON, unless it is more doubtful than another.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let all = || self.strings.iter().rev().filter(|property| property.name == name);
        all().find(|property| !property.is_doubtful).or_else(|| all().next()).map(|property| &*property.value)
    }
}

/// The longest key that is an anchor.
const LONGEST: usize = 64;

/// The most objects to report. Errors have one, or one for each cause.
const MOST: usize = 256;

/// Finds the string properties with these names: of the outermost object, of elements of arrays around it, and of objects
/// in `error` or another property. The causes of an error are not searched: each of them has a code of its own.
pub(crate) fn find(json: &[u8], names: &[&'static str]) -> Vec<Found> {
    let mut scan = Scan { json, frames: Frames::default(), found: Vec::new(), segment: Segment::default() };
    let mut at = 0;
    while let Some(quote) = json[at..].iter().position(|byte| *byte == b'"').map(|offset| at + offset) {
        match scan.anchor(quote, names) {
            Some(anchor) => {
                at = anchor.value;
                scan.begin(quote, anchor, names);
            }
            None => {
                scan.segment.see_quote(quote, json);
                at = quote + 1;
            }
        }
    }
    scan.store(json.len());
    scan.found
}

/// A key.
struct Anchor<'j> {
    key: &'j [u8],
    /// Where its value starts.
    value: usize,
    is_doubtful: bool,
}

/// The bytes from a colon to the next anchor, or from the start of the document to the first one.
#[derive(Default)]
struct Segment<'j> {
    start: usize,
    key: Option<&'j [u8]>,
    /// The wanted name, and the index of the object in the list.
    wanted: Option<(&'static str, usize)>,
    is_doubtful: bool,
    /// The number of quotes that are not escaped, and where the last ones are.
    quotes: usize,
    last_quote: Option<usize>,
    quote_before: Option<usize>,
}

impl Segment<'_> {
    fn see_quote(&mut self, at: usize, json: &[u8]) {
        if !is_escaped(json, at) {
            self.quotes += 1;
            self.quote_before = self.last_quote.replace(at);
        }
    }

    /// Whether it is a string without a closing quote, so far.
    fn is_open(&self, json: &[u8]) -> bool {
        self.key.is_some() && self.quotes == 1 && self.last_quote == Some(trim_start(json, self.start))
    }
}

struct Scan<'j> {
    json: &'j [u8],
    frames: Frames,
    found: Vec<Found>,
    segment: Segment<'j>,
}

impl<'j> Scan<'j> {
    /// The key whose opening quote is here.
    fn anchor(&self, quote: usize, names: &[&str]) -> Option<Anchor<'j>> {
        let json = self.json;
        let rest = &json[quote + 1..];
        let length = rest.iter().take(LONGEST + 1).take_while(|byte| is_of_name(**byte)).count();
        if length == 0 || length > LONGEST || rest.get(length) != Some(&b'"') {
            return None;
        }
        let colon = trim_start(json, quote + length + 2);
        if json.get(colon) != Some(&b':') {
            return None;
        }
        let (key, value) = (&rest[..length], colon + 1);
        let before = &json[..trim_end(json, quote)];
        let last = before.last();
        // The value of another key, with damage after it.
        let is_value = self.segment.key.is_some() && trim_start(json, self.segment.start) == quote;
        let open = self.segment.is_open(json);
        let follows = !is_escaped(json, quote) && last.is_none_or(|byte| b"{,".contains(byte));
        // In a string that is not closed, it is most likely text, unless the closing quote is what is damaged.
        if follows && (!open || last == Some(&b',')) {
            return Some(Anchor { key, value, is_doubtful: false });
        }
        let is_near = || {
            let without = before.split_last().map_or(before, |(_, rest)| rest);
            let without = &without[..trim_end(without, without.len())];
            ends_value(before) || without.is_empty() || ends_value(without)
        };
        let is_followed = || names.iter().any(|name| name.as_bytes() == key) && strings::is_followed(json, value);
        ((!open && !is_value && is_near()) || is_followed()).then_some(Anchor { key, value, is_doubtful: true })
    }

    /// Ends the segment before this anchor, and begins the one after it.
    fn begin(&mut self, quote: usize, anchor: Anchor<'j>, names: &[&'static str]) {
        self.store(quote);
        self.brackets(quote);
        let name = names.iter().find(|name| name.as_bytes() == anchor.key);
        let before = &self.json[..trim_end(self.json, quote)];
        let found = &mut self.found;
        let wanted = self.frames.key(before).and_then(|object| {
            let index = match *object.found {
                Some(index) => index,
                None if name.is_none() || found.len() == MOST => return None,
                None => {
                    found.push(Found { place: object.place, strings: Vec::new() });
                    *object.found.insert(found.len() - 1)
                }
            };
            Some((*name?, index))
        });
        let Anchor { key, value: start, is_doubtful } = anchor;
        self.segment = Segment { start, key: Some(key), wanted, is_doubtful, ..Segment::default() };
    }

    /// Stores the value of a wanted property, which ends here at the latest.
    fn store(&mut self, end: usize) {
        let Some((name, index)) = self.segment.wanted else { return };
        if let Some(value) = strings::read(self.json, self.segment.start, end) {
            self.found[index].strings.push(Property { name, value, is_doubtful: self.segment.is_doubtful });
        }
    }

    /// Follows the brackets of the segment.
    fn brackets(&mut self, end: usize) {
        let (json, segment) = (self.json, &self.segment);
        let start = trim_start(json, segment.start).min(end);
        let mut key = segment.key;
        let is_bracket = json.get(start).is_some_and(|byte| b"{[".contains(byte));
        // A string whose first quote was replaced by a bracket.
        let is_text = is_bracket && segment.key.is_some() && segment.quotes % 2 == 1;
        let is_text = is_text && !b"\"{[]}".contains(json.get(trim_start(json, start + 1)).unwrap_or(&0));
        let tail = match segment.last_quote {
            Some(last) if is_text => last,
            Some(last) if is_bracket => {
                let mut inside = false;
                for at in start..last {
                    inside ^= json[at] == b'"' && !is_escaped(json, at);
                    if !inside && self.frames.bracket(json, at, key.take()) {
                        self.found.iter_mut().for_each(|object| object.place = Place::Unsure);
                    }
                }
                last
            }
            // A string without a closing quote: only what is next to the following key is not its text.
            Some(last) if last == start => {
                let text = json[start + 1..end].iter().rposition(|byte| !is_space(*byte) && !b",{}[]".contains(byte));
                text.map_or(start + 1, |text| start + 2 + text)
            }
            // One quote is too many, most likely the last one.
            Some(last) if segment.quotes % 2 == 1 && json[start] == b'"' => segment.quote_before.unwrap_or(last),
            Some(last) => last,
            None => start,
        };
        for at in tail..end {
            // Only a bracket that is the value itself belongs to the key.
            if self.frames.bracket(json, at, if at == start { key.take() } else { None }) {
                self.found.iter_mut().for_each(|object| object.place = Place::Unsure);
            }
        }
    }
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.$".contains(&byte)
}

/// Whether a value or a bracket ends here, so that a key may follow.
fn ends_value(before: &[u8]) -> bool {
    let last = before.last().copied().unwrap_or_default();
    let literal = |text: &&[u8]| before.ends_with(text);
    b"\"}]{[,".contains(&last) || last.is_ascii_digit() || [&b"true"[..], b"false", b"null"].iter().any(literal)
}

#[cfg(test)]
mod tests;
