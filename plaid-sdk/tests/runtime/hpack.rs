//! Compressed headers of HTTP/2 (RFC 7541).

use httlib_huffman::DecoderSpeed;

/// The entries that every connection knows, from index 1 (RFC 7541, appendix A).
const STATIC: &str = ":authority|:method=GET|:method=POST|:path=/|:path=/index.html|:scheme=http|:scheme=https|\
    :status=200|:status=204|:status=206|:status=304|:status=400|:status=404|:status=500|accept-charset|\
    accept-encoding=gzip, deflate|accept-language|accept-ranges|accept|access-control-allow-origin|age|allow|\
    authorization|cache-control|content-disposition|content-encoding|content-language|content-length|\
    content-location|content-range|content-type|cookie|date|etag|expect|expires|from|host|if-match|\
    if-modified-since|if-none-match|if-range|if-unmodified-since|last-modified|link|location|max-forwards|\
    proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after|server|set-cookie|\
    strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate";

/// The size of the table, as long as the server does not set another.
const SIZE: usize = 4096;

type Header = (String, String);

/// Decodes the headers that a client sends on one connection.
#[derive(Default)]
pub(crate) struct Decoder {
    /// What the connection has added to the table, the newest first.
    added: Vec<Header>,
}

impl Decoder {
    pub(crate) fn decode(&mut self, mut block: &[u8]) -> Vec<Header> {
        let mut headers = Vec::new();
        while let Some(&first) = block.first() {
            match first {
                0x80.. => {
                    let index = integer(&mut block, 7);
                    headers.push(self.entry(index));
                }
                0x20..0x40 => assert!(integer(&mut block, 5) <= SIZE, "a larger table than the server's"),
                _ => {
                    let is_kept = first >= 0x40;
                    let header = match integer(&mut block, if is_kept { 6 } else { 4 }) {
                        0 => (text(&mut block), text(&mut block)),
                        index => (self.entry(index).0, text(&mut block)),
                    };
                    if is_kept {
                        self.add(header.clone());
                    }
                    headers.push(header);
                }
            }
        }
        headers
    }

    fn entry(&self, index: usize) -> Header {
        match STATIC.split('|').nth(index - 1) {
            Some(entry) => {
                let (name, value) = entry.split_once('=').unwrap_or((entry, ""));
                (name.to_owned(), value.to_owned())
            }
            None => self.added[index - 1 - STATIC.split('|').count()].clone(),
        }
    }

    fn add(&mut self, header: Header) {
        self.added.insert(0, header);
        let size =
            |added: &[Header]| -> usize { added.iter().map(|(name, value)| name.len() + value.len() + 32).sum() };
        while size(&self.added) > SIZE {
            self.added.pop();
        }
    }
}

/// A number that begins in the lower bits of a byte.
fn integer(block: &mut &[u8], bits: u32) -> usize {
    let largest = (1 << bits) - 1;
    let mut value = usize::from(byte(block)) & largest;
    if value == largest {
        for shift in (0..).step_by(7) {
            let next = byte(block);
            value += usize::from(next & 0x7f) << shift;
            if next < 0x80 {
                break;
            }
        }
    }
    value
}

fn text(block: &mut &[u8]) -> String {
    let is_coded = block[0] >= 0x80;
    let length = integer(block, 7);
    let (bytes, rest) = block.split_at(length);
    *block = rest;
    let mut decoded = Vec::new();
    if is_coded {
        httlib_huffman::decode(bytes, &mut decoded, DecoderSpeed::FiveBits).unwrap();
    } else {
        decoded.extend_from_slice(bytes);
    }
    String::from_utf8(decoded).unwrap()
}

fn byte(block: &mut &[u8]) -> u8 {
    let (first, rest) = block.split_first().unwrap();
    *block = rest;
    *first
}
