//! HTTPS for clients whose host is fixed.

use std::sync::Arc;

use plaid_emulator::Emulator;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs};

/// A response of a client that trusts one authority and calls a host by its name.
async fn call(emulator: &Emulator, authority: &str, host: &str, request: &str) -> Result<String, std::io::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).expect("PEM")).expect("a certificate");
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let config = builder.with_safe_default_protocol_versions().expect("versions").with_root_certificates(roots);
    let connector = TlsConnector::from(Arc::new(config.with_no_client_auth()));
    let port = emulator.base_url().rsplit_once(':').expect("a port").1.to_owned();
    let stream = TcpStream::connect(format!("127.0.0.1:{port}")).await?;
    let name = ServerName::try_from(host.to_owned()).expect("a name");
    let mut stream = connector.connect(name, stream).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    Ok(text)
}

fn request(method: &str, path: &str, host: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n")
}

#[tokio::test]
async fn a_client_that_trusts_the_authority_calls_the_fixed_host() {
    let hosts = ["sandbox.plaid.com", "cdn.plaid.com"];
    let emulator = Emulator::builder().self_check(true).tls(hosts).start().await.expect("it starts");
    assert!(emulator.base_url().starts_with("https://sandbox.plaid.com:"));
    let authority = emulator.authority().expect("an authority").to_owned();
    for host in ["sandbox.plaid.com", "localhost", "127.0.0.1"] {
        let answer = call(&emulator, &authority, host, &request("POST", "/categories/nothing", host)).await;
        assert!(answer.expect("an answer").starts_with("HTTP/1.1 404"), "{host}");
    }
    let path = "/link/v2/stable/link-initialize.js";
    let script =
        call(&emulator, &authority, "cdn.plaid.com", &request("GET", path, "cdn.plaid.com")).await.expect("an answer");
    assert!(script.contains("const BASE = \"https://cdn.plaid.com\""));
    let page = call(&emulator, &authority, "sandbox.plaid.com", &request("GET", "/", "sandbox.plaid.com")).await;
    assert!(page.expect("an answer").contains("Nobody has called yet"));
}

#[tokio::test]
async fn other_names_and_other_authorities_are_not_trusted() {
    let emulator = Emulator::builder().tls(["sandbox.plaid.com"]).start().await.expect("it starts");
    let other = Emulator::builder().tls(["sandbox.plaid.com"]).start().await.expect("it starts");
    let (own, foreign) = (emulator.authority().expect("an authority"), other.authority().expect("an authority"));
    let get = request("GET", "/_plaid/health", "sandbox.plaid.com");
    assert!(call(&emulator, own, "sandbox.plaid.com", &get).await.is_ok());
    assert!(
        call(&emulator, own, "production.plaid.com", &get).await.is_err(),
        "the certificate does not have the name"
    );
    assert!(
        call(&emulator, foreign, "sandbox.plaid.com", &get).await.is_err(),
        "each start has an authority of its own"
    );
    let slow =
        TcpStream::connect(format!("127.0.0.1:{}", emulator.base_url().rsplit_once(':').expect("a port").1)).await;
    assert!(call(&emulator, own, "sandbox.plaid.com", &get).await.is_ok(), "a silent client holds up no other");
    drop(slow);
    let refused = Emulator::builder().tls(["not a name"]).start().await.err().expect("a refusal");
    assert!(refused.to_string().contains("\"not a name\" is not a host name"), "{refused}");
}
