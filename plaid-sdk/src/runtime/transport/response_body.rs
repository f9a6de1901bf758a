//! Reading the body of a response, and noticing that a part is missing.

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, Method, Response, StatusCode, Version};

use super::failure::timeout_or;
use super::{TransportError, TransportErrorKind};

/// Reads the body up to the limit.
pub(super) async fn read(
    mut response: reqwest::Response,
    method: &Method,
    limit: usize,
) -> Result<Response<Bytes>, TransportError> {
    let mut head = Response::new(Bytes::new());
    *head.status_mut() = response.status();
    *head.version_mut() = response.version();
    *head.headers_mut() = std::mem::take(response.headers_mut());
    let expected = Expected::of(&head, method, response.content_length());
    // The server's content-length must not make the client allocate too much.
    let mut body = BytesMut::with_capacity(expected.capacity().min(limit).min(1 << 20));
    loop {
        let error = match response.chunk().await {
            Ok(None) => match expected.missing(&body) {
                None => {
                    *head.body_mut() = body.freeze();
                    return Ok(head);
                }
                Some(missing) => TransportError::new(TransportErrorKind::Body).with_source(missing),
            },
            Ok(Some(chunk)) if chunk.len() > limit - body.len() => {
                let why = format!("over {limit} bytes");
                TransportError::new(TransportErrorKind::TooLarge).with_source(why)
            }
            Ok(Some(chunk)) => {
                body.extend_from_slice(&chunk);
                continue;
            }
            Err(error) => timeout_or(TransportErrorKind::Body, error),
        };
        *head.body_mut() = body.freeze();
        return Err(error.with_partial_response(head));
    }
}

/// What is known about the body before it is read.
#[derive(Clone, Copy)]
enum Expected {
    /// This many bytes.
    Length(u64),
    /// A JSON document of unknown length.
    Json { may_be_empty: bool },
    /// Nothing.
    Unknown,
}

impl Expected {
    fn of(head: &Response<Bytes>, method: &Method, exact: Option<u64>) -> Self {
        let without_body = matches!(head.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
        if method == Method::HEAD || without_body {
            return Self::Unknown;
        }
        // The header is gone if the body is decompressed: it was the length of what was sent.
        if let Some(length) = length(head.headers()) {
            Self::Length(length)
        } else if head.status().is_success() && may_be_json(head.headers()) {
            // With HTTP/2, a body that is empty on purpose ends with the headers.
            Self::Json { may_be_empty: exact == Some(0) || head.version() < Version::HTTP_2 }
        } else {
            Self::Unknown
        }
    }

    fn capacity(self) -> usize {
        match self {
            Self::Length(length) => usize::try_from(length).unwrap_or(usize::MAX),
            Self::Json { .. } | Self::Unknown => 0,
        }
    }

    /// What is missing in a body that was read to its end.
    ///
    /// The HTTP client reports most breaks. It does not report an HTTP/2 stream that was reset, or whose connection was closed,
    /// with the code `NO_ERROR`; and it can't notice a server or proxy that ends a body too early in good order.
    fn missing(self, body: &[u8]) -> Option<String> {
        match self {
            Self::Length(length) if length != body.len() as u64 => Some(format!("{} of {length} bytes", body.len())),
            Self::Json { may_be_empty } if ends_early(body, may_be_empty) => {
                Some(format!("JSON that ends after {} bytes", body.len()))
            }
            Self::Length(_) | Self::Json { .. } | Self::Unknown => None,
        }
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn may_be_json(headers: &HeaderMap) -> bool {
    let Some(content_type) = headers.get(CONTENT_TYPE) else { return true };
    content_type.to_str().is_ok_and(|content_type| content_type.to_ascii_lowercase().contains("json"))
}

/// Whether the text is the beginning of a JSON object or list. Anything else is left to the decoder.
fn ends_early(text: &[u8], may_be_empty: bool) -> bool {
    let text = text.trim_ascii();
    if !matches!(text.first(), Some(b'{' | b'[')) {
        return text.is_empty() && !may_be_empty;
    }
    let (mut open, mut in_string) = (0_usize, false);
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match (in_string, byte) {
            (true, b'\\') => drop(bytes.next()),
            (_, b'"') => in_string = !in_string,
            (false, b'{' | b'[') => open += 1,
            (false, b'}' | b']') => open = open.saturating_sub(1),
            _ => {}
        }
    }
    in_string || open > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_proper_prefix_of_a_document_ends_early() {
        let text = r#" {"a": ["}", {"b": "\"]}\\"}, 1.5], "c": {}} "#;
        let whole = text.trim_end().len();
        for end in 2..whole {
            assert!(ends_early(&text.as_bytes()[..end], true), "{}", &text[..end]);
        }
        assert!(!ends_early(&text.as_bytes()[..whole], true) && !ends_early(text.as_bytes(), true));
    }

    #[test]
    fn what_is_not_the_beginning_of_a_document_is_left_to_the_decoder() {
        for text in ["null", "<html>", "}", "]{", "{}}", "\u{fffd}"] {
            assert!(!ends_early(text.as_bytes(), false), "{text}");
        }
        assert!(ends_early(b" ", false) && !ends_early(b"", true));
    }
}
