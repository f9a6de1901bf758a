//! Which object a key of damaged JSON belongs to, by the brackets before it.

use super::strings::{trim_end, trim_start};

/// How certain it is that an object is the outermost one, or the one that is wrapped. The most certain is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// The outermost object, an element of an array around it, or an object in `error`.
    Outermost,
    /// An object in another property.
    Inside,
    /// After the end of the document, as it seems.
    After,
    /// In an array of another property, or after it: its end or the start of an object may be missing.
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
    /// Follows the bracket at this place; other bytes have no effect. The key is that of the value that starts with it. Returns
    /// whether all of what was found is in an array whose start is missing.
    pub(super) fn bracket(&mut self, json: &[u8], at: usize, key: Option<&[u8]>) -> bool {
        // A bracket where a key belongs: the bracket before it is damaged.
        let byte = json[at];
        let opens = byte == b'{' || (byte == b'[' && json.get(trim_start(json, at + 1)) == Some(&b'{'));
        if opens && json[..trim_end(json, at)].ends_with(b"{") {
            self.frames.last_mut().into_iter().for_each(|frame| frame.is_object = false);
        }
        match byte {
            // In an object, an array can only be a value.
            b'[' if self.frames.last().is_some_and(|frame| frame.is_object)
                && !json[..trim_end(json, at)].ends_with(b":") => {}
            // After an element, it was the end of the array.
            b'{' | b'['
                if self.frames.last().is_some_and(|frame| !frame.is_object)
                    && json[..trim_end(json, at)].last().is_some_and(|last| b"}]\"".contains(last))
                    && (byte == b'[' || json.get(trim_start(json, at + 1)) == Some(&b',')) =>
            {
                self.close(self.frames.len() - 1);
            }
            b'{' | b'[' => self.open(byte == b'{', key),
            // In an object that has just begun, and goes on.
            b']' if json[..trim_end(json, at)].ends_with(b"{") && json.get(trim_start(json, at + 1)) == Some(&b'"') => {
            }
            b']' if self.frames.is_empty() => {
                self.outside = [None; 2];
                return true;
            }
            b'}' | b']' if self.beyond > 0 => self.beyond -= 1,
            b'}' if self.frames.last().is_some_and(|frame| frame.is_object) => self.close(self.frames.len() - 1),
            // After a string or a number, the end of an array is missing. After a bracket, this one is too many.
            b'}' if !json[..trim_end(json, at)].ends_with(b"}") && !json[..trim_end(json, at)].ends_with(b"[") => {
                if let Some(at) = self.frames.iter().rposition(|frame| frame.is_object) {
                    self.close(at);
                }
            }
            // The end of an object in it may be missing.
            b']' => {
                if let Some(at) = self.frames.iter().rposition(|frame| !frame.is_object) {
                    self.close(at);
                }
            }
            _ => {}
        }
        false
    }

    fn open(&mut self, is_object: bool, key: Option<&[u8]>) {
        let around = self.frames.last();
        let place = around.map_or(Some(self.outermost()), |frame| frame.place);
        let place = match key {
            Some(b"causes") => None,
            Some(b"error" | b"errors") => place,
            None if around.is_none_or(|frame| !frame.is_object) => place,
            _ => place.map(|place| place.max(if is_object { Place::Inside } else { Place::Unsure })),
        };
        self.push(Frame { is_object, place, found: None });
    }

    fn push(&mut self, frame: Frame) {
        if self.frames.len() < DEEPEST {
            self.frames.push(frame);
        } else {
            self.beyond += 1;
        }
    }

    fn close(&mut self, at: usize) {
        self.frames.truncate(at);
        self.is_closed |= at == 0;
    }

    fn leave_arrays(&mut self) {
        while self.frames.pop_if(|frame| !frame.is_object).is_some() {}
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
            let object = |place| Frame { is_object: true, place, found: None };
            match before.split_last() {
                // Either the end of the array is missing, or the start of its next object.
                Some((b',', rest)) if !rest[..trim_end(rest, rest.len())].ends_with(b"[") => {
                    self.leave_arrays();
                    if rest[..trim_end(rest, rest.len())].ends_with(b"}") {
                        let around = self.frames.last().map_or(Some(Place::Unsure), |frame| frame.place);
                        self.push(object(around.map(|around| around.max(Place::Unsure))));
                    }
                }
                _ => self.push(object(place)),
            }
        }
        let outermost = self.outermost();
        match self.frames.last_mut() {
            Some(frame) => Some(Object { place: frame.place?, found: &mut frame.found }),
            None => Some(Object { place: outermost, found: &mut self.outside[usize::from(self.is_closed)] }),
        }
    }
}
