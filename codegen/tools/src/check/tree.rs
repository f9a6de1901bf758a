//! JSON text as a flat tree of places, read without recursion. Values stay in the text, so all digits stay exact.

use std::borrow::Cow;

use super::problem::Kind;

/// How deep lists and objects may be nested. serde_json has the same limit.
pub(super) const MAX_DEPTH: usize = 128;

/// The values of a text, in its order. A container is followed by its contents; in an object, each value by its key.
pub(super) struct Tree<'a> {
    text: &'a str,
    nodes: Vec<Node>,
    /// Where the first list or object is that is nested too deeply. Its contents are not in the tree.
    pub(super) too_deep: Option<usize>,
    /// Whether some string has half of a surrogate pair.
    pub(super) has_lone_surrogate: bool,
}

/// A value or a key, with its place in the text.
#[derive(Clone, Copy)]
struct Node {
    what: What,
    start: usize,
    end: usize,
    /// The index of the node after this one and its contents.
    next: usize,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Null,
    Bool,
    Number,
    /// A string without escapes.
    Text,
    /// A string with escapes.
    Escaped,
    List,
    Object,
    /// A list or an object that is nested too deeply.
    Skipped,
}

/// An error in the text.
pub(super) struct Fault {
    pub(super) offset: usize,
    pub(super) kind: Kind,
}

impl<'a> Tree<'a> {
    /// Reads a text from an offset on. The value is at index 0.
    pub(super) fn read(text: &'a str, from: usize) -> Result<Self, Fault> {
        let nodes = Vec::with_capacity(text.len() / 16 + 4);
        let tree = Tree { text, nodes, too_deep: None, has_lone_surrogate: false };
        let mut reader = Reader { bytes: text.as_bytes(), at: from, tree };
        reader.run()?;
        Ok(reader.tree)
    }

    /// What the value at an index is.
    pub(super) fn what(&self, index: usize) -> What {
        self.nodes[index].what
    }

    /// Where it starts in the text.
    pub(super) fn start(&self, index: usize) -> usize {
        self.nodes[index].start
    }

    /// The text of a value.
    pub(super) fn raw(&self, index: usize) -> &'a str {
        let Node { start, end, .. } = self.nodes[index];
        &self.text[start..end]
    }

    /// The content of a string. Half a surrogate pair is read as the replacement character.
    pub(super) fn string(&self, index: usize) -> Cow<'a, str> {
        let Node { what, start, end, .. } = self.nodes[index];
        let inside = &self.text[start + 1..end - 1];
        if what == What::Escaped { Cow::Owned(unescape(inside)) } else { Cow::Borrowed(inside) }
    }

    /// The elements of a list.
    pub(super) fn elements(&self, index: usize) -> impl Iterator<Item = usize> + use<'_, 'a> {
        let end = self.nodes[index].next;
        let mut at = index + 1;
        std::iter::from_fn(move || {
            let element = (at < end).then_some(at)?;
            at = self.nodes[element].next;
            Some(element)
        })
    }

    /// The members of an object: the index of the key and that of the value.
    pub(super) fn members(&self, index: usize) -> impl Iterator<Item = (usize, usize)> + use<'_, 'a> {
        let end = self.nodes[index].next;
        let mut at = index + 1;
        std::iter::from_fn(move || {
            let key = (at < end).then_some(at)?;
            at = self.nodes[key + 1].next;
            Some((key, key + 1))
        })
    }
}

/// Whether a string's content, without the quotes, has half of a surrogate pair.
pub(super) fn has_lone_surrogate(inside: &str) -> bool {
    let mut rest = inside;
    while let Some(at) = rest.find('\\') {
        let escape = &rest[at..];
        match unit(escape) {
            Some(0xD800..=0xDBFF) if unit(&escape[6..]).is_some_and(|low| (0xDC00..=0xDFFF).contains(&low)) => {
                rest = &escape[12..];
            }
            Some(0xD800..=0xDFFF) => return true,
            Some(_) => rest = &escape[6..],
            None => rest = escape.get(2..).unwrap_or_default(),
        }
    }
    false
}

/// The code unit of an escape at the beginning of a text: `\u` and four hexadecimal digits.
fn unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

fn unescape(inside: &str) -> String {
    let mut done = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = rest.find('\\') {
        done.push_str(&rest[..at]);
        let escape = &rest[at..];
        let mut length = 2;
        done.push(match escape.as_bytes().get(1) {
            Some(b'u') => {
                length = 6;
                let high = unit(escape).unwrap_or_default();
                let low = unit(escape.get(6..).unwrap_or_default());
                match (high, low) {
                    (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
                        length = 12;
                        let code = 0x10000 + ((u32::from(high) & 0x3FF) << 10) + (u32::from(low) & 0x3FF);
                        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
                    }
                    _ => char::from_u32(high.into()).unwrap_or(char::REPLACEMENT_CHARACTER),
                }
            }
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(other) => char::from(*other),
            None => break,
        });
        rest = escape.get(length..).unwrap_or_default();
    }
    done.push_str(rest);
    done
}

/// Reads the text. Nesting is a list of open containers, so no input can exhaust the stack.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    tree: Tree<'a>,
}

/// A list or an object whose end has not been read.
struct Open {
    is_object: bool,
    /// Its node, unless it is nested too deeply.
    node: Option<usize>,
}

impl Reader<'_> {
    fn run(&mut self) -> Result<(), Fault> {
        let mut open: Vec<Open> = Vec::new();
        self.space();
        if self.at == self.bytes.len() {
            return Err(self.fault_at(self.at, Kind::Empty));
        }
        loop {
            let depth = open.len();
            match self.peek() {
                Some(bracket @ (b'{' | b'[')) => {
                    let is_object = bracket == b'{';
                    open.push(self.begin(is_object, depth));
                    self.space();
                    if self.peek() != Some(if is_object { b'}' } else { b']' }) {
                        if is_object {
                            self.key(depth + 1)?;
                        }
                        continue;
                    }
                }
                _ => self.scalar(depth)?,
            }
            // What follows a value: the ends of its containers, then a comma and the next value.
            loop {
                self.space();
                let next = self.peek();
                let Some(Open { is_object, node }) = open.last() else {
                    return if next.is_none() { Ok(()) } else { Err(self.fault("the end of the body")) };
                };
                match (next, is_object) {
                    (Some(b','), _) => {
                        self.at += 1;
                        self.space();
                        if *is_object {
                            self.key(open.len())?;
                        }
                        break;
                    }
                    (Some(b'}'), true) | (Some(b']'), false) => {
                        self.at += 1;
                        self.end(*node);
                        open.pop();
                    }
                    (_, true) => return Err(self.fault("`,` or `}`")),
                    (_, false) => return Err(self.fault("`,` or `]`")),
                }
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn fault(&self, expected: &'static str) -> Fault {
        let kind = if self.at < self.bytes.len() { Kind::NotJson { expected } } else { Kind::CutOff { expected } };
        self.fault_at(self.at, kind)
    }

    fn fault_at(&self, offset: usize, kind: Kind) -> Fault {
        Fault { offset, kind }
    }

    /// Begins a container inside `depth` others.
    fn begin(&mut self, is_object: bool, depth: usize) -> Open {
        let start = self.at;
        self.at += 1;
        if depth >= MAX_DEPTH {
            self.tree.too_deep.get_or_insert(start);
            if depth > MAX_DEPTH {
                return Open { is_object, node: None };
            }
        }
        let node = self.tree.nodes.len();
        let what = match is_object {
            _ if depth == MAX_DEPTH => What::Skipped,
            true => What::Object,
            false => What::List,
        };
        self.tree.nodes.push(Node { what, start, end: start, next: node + 1 });
        Open { is_object, node: Some(node) }
    }

    fn end(&mut self, node: Option<usize>) {
        let next = self.tree.nodes.len();
        if let Some(node) = node.and_then(|node| self.tree.nodes.get_mut(node)) {
            node.end = self.at;
            node.next = next;
        }
    }

    /// Adds a value without contents, unless it is nested too deeply.
    fn push(&mut self, what: What, start: usize, depth: usize) {
        if depth <= MAX_DEPTH {
            let next = self.tree.nodes.len() + 1;
            self.tree.nodes.push(Node { what, start, end: self.at, next });
        }
    }

    /// Reads a key, the colon and the space around it.
    fn key(&mut self, depth: usize) -> Result<(), Fault> {
        if self.peek() != Some(b'"') {
            return Err(self.fault("a property name in double quotes"));
        }
        self.scalar(depth)?;
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.fault("`:`"));
        }
        self.at += 1;
        self.space();
        Ok(())
    }

    fn scalar(&mut self, depth: usize) -> Result<(), Fault> {
        let start = self.at;
        let what = match self.peek() {
            Some(b'"') => self.string()?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", What::Bool)?,
            Some(b'f') => self.word("false", What::Bool)?,
            Some(b'n') => self.word("null", What::Null)?,
            _ => return Err(self.fault("a JSON value")),
        };
        self.push(what, start, depth);
        Ok(())
    }

    fn word(&mut self, word: &'static str, what: What) -> Result<What, Fault> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err(self.fault("a JSON value"));
        }
        self.at += word.len();
        Ok(what)
    }

    fn string(&mut self) -> Result<What, Fault> {
        self.at += 1;
        let start = self.at;
        let mut what = What::Text;
        let mut has_surrogate = false;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    what = What::Escaped;
                    has_surrogate |= self.escape()?;
                }
                Some(0..0x20) => return Err(self.fault("an escape: control characters can't be in a string")),
                Some(_) => self.at += 1,
                None => return Err(self.fault("`\"`")),
            }
        }
        if has_surrogate && !self.tree.has_lone_surrogate {
            let inside = self.tree.text.get(start..self.at).unwrap_or_default();
            self.tree.has_lone_surrogate = has_lone_surrogate(inside);
        }
        self.at += 1;
        Ok(what)
    }

    /// Reads an escape. Returns whether it is half of a surrogate pair.
    fn escape(&mut self) -> Result<bool, Fault> {
        let rest = &self.bytes[self.at + 1..];
        match rest.first() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 2;
                Ok(false)
            }
            Some(b'u') => match rest.get(1..5) {
                Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => {
                    self.at += 6;
                    Ok(matches!(digits, [b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', ..]))
                }
                _ => Err(self.fault("four hexadecimal digits after `\\u`")),
            },
            _ => Err(self.fault("an escape that JSON has")),
        }
    }

    fn number(&mut self) -> Result<What, Fault> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if let Some(b'0'..=b'9') = self.peek() {
            return Err(self.fault("a number without leading zeros"));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(What::Number)
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start { Err(self.fault("a digit")) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Tree, has_lone_surrogate};

    #[test]
    fn strings_are_unescaped() {
        let text = r#"["a\"\\\/\b\f\n\r\té\u00e9\ud83d\ude00\ud83dx", "plain"]"#;
        let tree = Tree::read(text, 0).unwrap_or_else(|fault| panic!("{:?}", fault.kind));
        let strings: Vec<_> = tree.elements(0).map(|at| tree.string(at)).collect();
        assert_eq!(strings, ["a\"\\/\u{8}\u{c}\n\r\téé😀\u{fffd}x", "plain"]);
        assert!(tree.has_lone_surrogate);
    }

    #[test]
    fn halves_of_surrogate_pairs_are_found() {
        for text in [r"\ud83d", r"\ude00\ud83d", r"a\ud83d\u0041", r"\ud83d\n", r"\\\udfff", r"\ud83d\ud83d\ude00"] {
            assert!(has_lone_surrogate(text), "{text}");
        }
        for text in ["", "a", r"\ud83d\ude00", r"\\ud83d", r"\u0041\n"] {
            assert!(!has_lone_surrogate(text), "{text}");
        }
    }

    #[test]
    fn serde_json_accepts_the_same_texts() {
        let words =
            ["{", "}", "[", "]", ",", ":", "\"a\"", "1", "-", "0", ".5", "e3", "null", "true", " ", "\"", "\\u00e9"];
        let mut state = 1_u64;
        let mut valid = 0;
        for _ in 0..200_000 {
            let mut text = String::new();
            loop {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let choice = (state >> 33) as usize;
                text.push_str(words[choice % words.len()]);
                if choice.is_multiple_of(7) {
                    break;
                }
            }
            let wanted = serde_json::from_str::<&serde_json::value::RawValue>(&text).is_ok();
            assert_eq!(Tree::read(&text, 0).is_ok(), wanted, "{text}");
            valid += usize::from(wanted);
        }
        assert!(valid > 1_000, "{valid}");
    }
}
