//! Which object a key of damaged JSON belongs to, by the brackets before it.

use super::strings::trim_end;

/// How certain it is that an object is the outermost one, or the one that is wrapped. The most certain is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// The outermost object, an element of an array around it, or an object in `error`.
    Outermost,
    /// An object in another property.
    Inside,
    /// After the end of the document, as it seems.
    After,
    /// In an array, or after it: its end or the start of an object is missing.
    Unsure,
}

/// An open bracket.
#[derive(Debug)]
pub(super) struct Frame {
    is_object: bool,
    /// `None` if its objects are not searched.
    place: Option<Place>,
    found: Option<usize>,
}

/// The object of a key.
pub(super) struct Object<'f> {
    pub(super) place: Place,
    /// Its index in the list of what was found.
    pub(super) found: &'f mut Option<usize>,
}

/// More open brackets than this are only counted.
const DEEPEST: usize = 128;

/// The open brackets.
#[derive(Debug, Default)]
pub(super) struct Frames {
    frames: Vec<Frame>,
    /// The number of open brackets beyond the deepest.
    beyond: usize,
    /// Whether the outermost bracket was closed.
    is_closed: bool,
    /// The object of keys outside of all brackets, before and after the outermost bracket was closed.
    outside: [Option<usize>; 2],
}

impl Frames {
    /// Follows a bracket; other bytes have no effect. The key is that of the value that starts with it.
    pub(super) fn bracket(&mut self, byte: u8, key: Option<&[u8]>) {
        match byte {
            b'{' | b'[' => self.open(byte == b'{', key),
            b'}' | b']' if self.beyond > 0 => self.beyond -= 1,
            b'}' if self.frames.last().is_some_and(|frame| frame.is_object) => self.close(self.frames.len() - 1),
            // The end of an object in it may be missing.
            b']' => {
                if let Some(at) = self.frames.iter().rposition(|frame| !frame.is_object) {
                    self.close(at);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, is_object: bool, key: Option<&[u8]>) {
        let place = match (self.frames.last(), key) {
            (None, _) => Some(self.outermost()),
            (Some(Frame { is_object: true, place, .. }), Some(b"error" | b"errors")) => *place,
            // Each of them has a code of its own.
            (Some(Frame { is_object: true, .. }), Some(b"causes")) => None,
            (Some(Frame { is_object: true, place, .. }), _) => {
                place.filter(|_| is_object).map(|it| it.max(Place::Inside))
            }
            (Some(array), _) => array.place,
        };
        self.push(is_object, place);
    }

    fn push(&mut self, is_object: bool, place: Option<Place>) {
        if self.frames.len() < DEEPEST {
            self.frames.push(Frame { is_object, place, found: None });
        } else {
            self.beyond += 1;
        }
    }

    fn close(&mut self, at: usize) {
        self.frames.truncate(at);
        self.is_closed |= at == 0;
    }

    const fn outermost(&self) -> Place {
        if self.is_closed { Place::After } else { Place::Outermost }
    }

    /// The object of a key that is after these bytes; `None` if it is not searched.
    pub(super) fn key(&mut self, before: &[u8]) -> Option<Object<'_>> {
        if self.beyond > 0 {
            return None;
        }
        if let Some(Frame { is_object: false, place, .. }) = self.frames.last() {
            // A key directly in an array.
            let place = *place;
            match before.split_last() {
                // Either the end of the array is missing, or the start of its next object.
                Some((b',', rest)) => {
                    self.frames.pop();
                    if rest[..trim_end(rest, rest.len())].ends_with(b"}") {
                        let around = self.frames.last().map_or(Some(Place::Unsure), |frame| frame.place);
                        self.push(true, around.map(|around| around.max(Place::Unsure)));
                    }
                }
                _ => self.push(true, place),
            }
        }
        let outermost = self.outermost();
        match self.frames.last_mut() {
            Some(frame) => Some(Object { place: frame.place?, found: &mut frame.found }),
            None => Some(Object { place: outermost, found: &mut self.outside[usize::from(self.is_closed)] }),
        }
    }
}
