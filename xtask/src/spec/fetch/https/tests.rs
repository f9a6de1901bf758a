//! Fetches from a real server on loopback, with TLS and a self-signed certificate.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;

use super::{LIMIT, fetch};

/// Answers one connection with these bytes. Returns the address and the certificate.
fn serve(response: Vec<u8>) -> (String, reqwest::Certificate) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = reqwest::Certificate::from_pem(made.cert.pem().as_bytes()).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (tcp, _) = listener.accept().unwrap();
        let connection = rustls::ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = rustls::StreamOwned::new(connection, tcp);
        let mut asked = [0; 4096];
        // A client that does not trust the certificate closes the connection here.
        if stream.read(&mut asked).is_ok() {
            let _ = stream.write_all(&response).and_then(|()| stream.flush());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    (format!("https://localhost:{port}/openapi.yml"), certificate)
}

fn response(status: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

#[test]
fn a_document_is_fetched_unchanged() {
    let (url, certificate) = serve(response("200 OK", b"openapi: 3.0.0\n"));
    let fetched = fetch(&url, Some(certificate)).unwrap();
    assert_eq!((fetched.name, fetched.text), (url, "openapi: 3.0.0\n".to_owned()));
}

#[test]
fn each_error_contains_the_address() {
    let (url, certificate) = serve(response("404 Not Found", b""));
    let error = fetch(&url, Some(certificate)).unwrap_err();
    assert!(error.contains(&url) && error.contains("404") && error.contains("nothing was changed"), "{error}");

    // The certificate is not trusted.
    let (url, _) = serve(response("200 OK", b"openapi: 3.0.0\n"));
    let error = fetch(&url, None).unwrap_err();
    assert!(error.to_lowercase().contains("certificate"), "{error}");

    let (url, certificate) = serve(response("200 OK", &[0xff, 0xfe]));
    let error = fetch(&url, Some(certificate)).unwrap_err();
    assert!(error.contains("UTF-8"), "{error}");

    // The connection ends before the whole document has arrived.
    let (url, certificate) = serve(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nopenapi: 3".to_vec());
    assert!(fetch(&url, Some(certificate)).is_err());

    let (url, certificate) = serve(response("200 OK", &vec![b'a'; usize::try_from(LIMIT).unwrap() + 1]));
    let error = fetch(&url, Some(certificate)).unwrap_err();
    assert!(error.contains("larger"), "{error}");

    let (url, certificate) = serve(response("302 Found\r\nlocation: http://localhost/plain", b""));
    assert!(fetch(&url, Some(certificate)).is_err());
    for plain in ["http://localhost/openapi.yml", "ftp://localhost/x", "file:///etc/hosts"] {
        assert!(fetch(plain, None).is_err_and(|error| error.contains("https")), "{plain}");
    }
    let error = fetch("https://localhost:1/openapi.yml", None).unwrap_err();
    assert!(error.contains("localhost:1"), "{error}");
}
