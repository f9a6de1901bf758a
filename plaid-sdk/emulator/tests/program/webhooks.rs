//! Webhooks to receivers with HTTPS: which certificates are trusted, and what is said if there are none.

use std::path::Path;
use std::sync::Arc;

use axum::http::StatusCode;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use plaid_emulator as _;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::support::{Folder, Process, call, control, http, text};

/// A receiver with a certificate of its own, which is written to a file. Returns its port.
async fn receiver(certificate: &Path) -> u16 {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    std::fs::write(certificate, made.cert.pem()).expect("a file");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let config = config.with_safe_default_protocol_versions().expect("versions").with_no_client_auth();
    let config = config.with_single_cert(vec![made.cert.der().clone()], key).expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let app = axum::Router::new().fallback(|| async { StatusCode::OK });
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("a connection");
            // A client that does not trust the certificate ends the handshake.
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            let service = TowerToHyperService::new(app.clone());
            let builder = auto::Builder::new(hyper_util::rt::TokioExecutor::new());
            let served = builder.serve_connection(TokioIo::new(stream), service).await;
            served.expect("the connection ends well");
        }
    });
    port
}

/// Makes an Item with this webhook and lets it send one. Returns the webhook after its first attempt.
async fn sent(process: &Process, webhook: &str) -> Value {
    let http = http();
    let body = json!({"institution_id": "ins_109508", "initial_products": ["auth"], "options": {"webhook": webhook}});
    let created = call(&http, &process.url, "/sandbox/public_token/create", body).await.expect("an answer").1;
    let body = json!({"public_token": created["public_token"]});
    let item = call(&http, &process.url, "/item/public_token/exchange", body).await.expect("an answer").1;
    let body = json!({"access_token": item["access_token"], "webhook_code": "NEW_ACCOUNTS_AVAILABLE"});
    let fired = call(&http, &process.url, "/sandbox/item/fire_webhook", body).await.expect("an answer");
    assert_eq!(fired.0, 200, "{}", fired.1);
    for _ in 0..500 {
        let webhooks = control(&http, &process.url, "webhooks").await;
        let found = webhooks["webhooks"].as_array().and_then(|all| all.last()).expect("a webhook");
        if !found["attempts"].as_array().expect("attempts").is_empty() {
            return found.clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the webhook is not sent");
}

#[tokio::test]
async fn a_receiver_with_https_needs_a_certificate_that_the_system_trusts() {
    let folder = Folder::new("webhooks");
    let (trusted, other) = (folder.file("trusted.pem"), folder.file("other.pem"));
    let url = format!("https://localhost:{}/webhook", receiver(&trusted).await);
    let stranger = format!("https://localhost:{}/webhook", receiver(&other).await);
    let process = Process::start_with(&["--pace", "instant"], &[("SSL_CERT_FILE", text(&trusted))]).expect("it starts");
    let delivered = sent(&process, &url).await;
    assert_eq!((&delivered["state"], &delivered["attempts"][0]["status"]), (&json!("delivered"), &json!(200)));
    let refused = sent(&process, &stranger).await;
    assert_eq!(refused["attempts"][0]["status"], Value::Null);
    let error = refused["attempts"][0]["error"].as_str().expect("an error");
    assert!(error.contains("certificate"), "{error}");
}

#[tokio::test]
async fn without_certificates_only_receivers_with_https_get_nothing() {
    let folder = Folder::new("no-certificates");
    let url = format!("https://localhost:{}/webhook", receiver(&folder.file("unused.pem")).await);
    let empty = folder.file("empty");
    std::fs::create_dir(&empty).expect("a folder");
    let none = [("SSL_CERT_FILE", "/dev/null"), ("SSL_CERT_DIR", text(&empty))];
    let process = Process::start_with(&["--pace", "instant"], &none).expect("it starts");
    let error = sent(&process, &url).await["attempts"][0]["error"].clone();
    assert!(error.as_str().is_some_and(|error| error.to_lowercase().contains("certificate")), "{error}");
    // The emulator is a receiver that answers with 404, and needs no certificates for this.
    assert_eq!(sent(&process, &format!("{}/webhook", process.url)).await["attempts"][0]["status"], 404);
}
