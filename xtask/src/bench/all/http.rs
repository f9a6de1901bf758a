//! A request over HTTP to a program on this machine, for its time and the size of its response.

use std::io::{Read, Write};
use std::net::TcpStream;

/// What was received.
pub struct Response {
    /// The body as it was sent, so compressed if it was.
    pub body: Vec<u8>,
}

/// Sends a request to an address such as `http://127.0.0.1:8433`. A response other than 200 is an error.
pub fn send(url: &str, method: &str, path: &str, headers: &str, body: &str) -> Result<Response, String> {
    let failed = |error: std::io::Error| format!("error: {method} {url}{path}: {error}");
    let host = url.trim_start_matches("http://");
    let mut socket = TcpStream::connect(host).map_err(failed)?;
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    socket.write_all(request.as_bytes()).map_err(failed)?;
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes).map_err(failed)?;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.ok_or_else(|| format!("error: {method} {url}{path}: the response has no end of its head"))?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    if !head.starts_with("http/1.1 200") {
        let status = head.lines().next().unwrap_or_default();
        return Err(format!("error: {method} {url}{path}: {status}"));
    }
    if head.contains("transfer-encoding") {
        return Err(format!("error: {method} {url}{path}: the size of a body in chunks is not known"));
    }
    Ok(Response { body: bytes[end + 4..].to_vec() })
}
