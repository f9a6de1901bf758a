//! HTTP/2 frames (RFC 9113), as far as a server needs them that breaks the rules.

use tokio::io::{AsyncRead, AsyncReadExt};

use super::hpack::Decoder;

pub(crate) const DATA: u8 = 0;
pub(crate) const HEADERS: u8 = 1;
pub(crate) const RST_STREAM: u8 = 3;
pub(crate) const SETTINGS: u8 = 4;
pub(crate) const PING: u8 = 6;
pub(crate) const GOAWAY: u8 = 7;
pub(crate) const WINDOW_UPDATE: u8 = 8;
pub(crate) const CONTINUATION: u8 = 9;

pub(crate) const ACK: u8 = 1;
pub(crate) const END_STREAM: u8 = 1;
pub(crate) const END_HEADERS: u8 = 4;
const PADDED: u8 = 8;
const PRIORITY: u8 = 32;

pub(crate) const NO_ERROR: u32 = 0;
pub(crate) const INTERNAL_ERROR: u32 = 2;
pub(crate) const REFUSED_STREAM: u32 = 7;
pub(crate) const CANCEL: u32 = 8;
pub(crate) const ENHANCE_YOUR_CALM: u32 = 11;

/// The largest frame that every peer accepts.
const LARGEST: usize = 16_384;

pub(crate) struct Frame {
    pub(crate) kind: u8,
    pub(crate) flags: u8,
    pub(crate) stream: u32,
    pub(crate) payload: Vec<u8>,
}

impl Frame {
    pub(crate) async fn read(from: &mut (impl AsyncRead + Unpin)) -> Option<Self> {
        let mut head = [0; 9];
        from.read_exact(&mut head).await.ok()?;
        let [a, b, c, kind, flags, stream @ ..] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        from.read_exact(&mut payload).await.ok()?;
        Some(Self { kind, flags, stream: u32::from_be_bytes(stream) & (u32::MAX >> 1), payload })
    }

    pub(crate) fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// The payload without padding and priority.
    pub(crate) fn content(&self) -> &[u8] {
        let mut content = &self.payload[..];
        if self.is(PADDED) {
            let padding = usize::from(content[0]);
            content = &content[1..content.len() - padding];
        }
        if self.kind == HEADERS && self.is(PRIORITY) {
            content = &content[5..];
        }
        content
    }
}

/// The bytes of a frame.
pub(crate) fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// The frames of a part of a body.
pub(crate) fn data(stream: u32, body: &[u8], is_end: bool) -> Vec<u8> {
    let pieces = body.chunks(LARGEST).count().max(1);
    let piece = |at: usize| body.chunks(LARGEST).nth(at).unwrap_or_default();
    let flags = |at: usize| if is_end && at + 1 == pieces { END_STREAM } else { 0 };
    (0..pieces).flat_map(|at| frame(DATA, flags(at), stream, piece(at))).collect()
}

pub(crate) fn go_away(last: u32, code: u32) -> Vec<u8> {
    frame(GOAWAY, 0, 0, &[last.to_be_bytes(), code.to_be_bytes()].concat())
}

pub(crate) fn reset(stream: u32, code: u32) -> Vec<u8> {
    frame(RST_STREAM, 0, stream, &code.to_be_bytes())
}

/// A block of headers, each written out.
pub(crate) fn encode<'a>(headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut block = Vec::new();
    for (name, value) in headers {
        block.push(0);
        for text in [name.to_ascii_lowercase().as_str(), value] {
            let mut length = text.len();
            if length < 127 {
                block.push(u8::try_from(length).unwrap());
            } else {
                block.push(127);
                length -= 127;
                while length > 127 {
                    block.push(128 | u8::try_from(length % 128).unwrap());
                    length /= 128;
                }
                block.push(u8::try_from(length).unwrap());
            }
            block.extend_from_slice(text.as_bytes());
        }
    }
    block
}

/// The head of a request in the notation of HTTP/1.1, so that tests read the requests of both protocols alike.
pub(crate) fn request_head(decoder: &mut Decoder, block: &[u8]) -> String {
    let headers = decoder.decode(block);
    let find = |name: &str| headers.iter().find(|header| header.0 == name).map_or("", |header| &header.1);
    let mut head = format!("{} {} HTTP/1.1\r\nhost: {}\r\n", find(":method"), find(":path"), find(":authority"));
    for (name, value) in headers.iter().filter(|header| !header.0.starts_with(':')) {
        head += &format!("{name}: {value}\r\n");
    }
    head + "\r\n"
}
