//! Logos: square PNG files.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::refused;
use crate::error::ApiError;

/// The width and the height.
const SIDE: u32 = 1024;
/// The largest file: 4 MB.
const LARGEST: usize = 4 << 20;
const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];

/// Refuses any file but a PNG of the right size.
pub fn check(text: &str) -> Result<(), ApiError> {
    let bytes = STANDARD.decode(text).unwrap_or_default();
    match side(&bytes) {
        Some((SIDE, SIDE)) if bytes.len() < LARGEST => Ok(()),
        Some((width, height)) => {
            let message = format!("logo must have {SIDE}x{SIDE} pixels and less than 4 MB, and has {width}x{height}");
            Err(refused("INVALID_LOGO", &message))
        }
        None => Err(refused("INVALID_LOGO", "logo must be a PNG file in Base64")),
    }
}

/// The width and the height of a PNG file.
fn side(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let is_png = bytes.starts_with(&SIGNATURE) && bytes.get(12..16) == Some(b"IHDR");
    is_png.then(|| Some((number(16)?, number(20)?))).flatten()
}
