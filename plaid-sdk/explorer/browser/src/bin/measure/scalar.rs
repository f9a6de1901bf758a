//! Scalar's standalone page on our document.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use plaid_explorer_browser::Browser;

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The page that Scalar's documentation shows.
const PAGE: &str = "<!doctype html><meta charset=utf-8><title>Scalar</title><div id=app></div><script src=/standalone.js></script>\
                    <script>Scalar.createApiReference('#app', { url: '/openapi.json' })</script>";

/// What Scalar needs for one operation.
pub struct Scalar {
    /// From the navigation until the operation is there, in milliseconds.
    pub shown: f64,
    /// The nodes of the page.
    pub nodes: f64,
    /// The memory of its scripts, in bytes.
    pub heap: f64,
    /// Its script, in bytes.
    pub script: u64,
}

pub fn measure(browser: &Browser, explorer: &str) -> Result<Scalar> {
    let packages = std::env::var_os("PLAID_EXPLORER_NPM").context("run `cargo xtask explorer measure`")?;
    let script = PathBuf::from(packages).join("node_modules/@scalar/api-reference/dist/browser/standalone.js");
    let script = std::fs::read(&script).with_context(|| script.display().to_string())?;
    let document = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/data/openapi.json"))?;
    let size = script.len() as u64;
    let address = serve(script, document)?;
    let page = browser.page(1500, 1000)?;
    let begin = Instant::now();
    page.open(&format!("{address}/#tag/link/POST/link/token/create"))?;
    let shown = loop {
        if page.value::<bool>("document.body.innerText.includes('/link/token/create')").unwrap_or(false) {
            break begin.elapsed();
        }
        if begin.elapsed() > PATIENCE {
            bail!("Scalar does not show the operation; {explorer} was to be compared with it");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    Ok(Scalar {
        shown: shown.as_secs_f64() * 1000.0,
        nodes: page.metric("Nodes")?,
        heap: page.metric("JSHeapUsedSize")?,
        script: size,
    })
}

/// Serves the page, the script and the document.
fn serve(script: Vec<u8>, document: Vec<u8>) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            // A browser that goes away needs no answer.
            let _answered = answer(connection, &script, &document);
        }
    });
    Ok(address)
}

fn answer(mut connection: TcpStream, script: &[u8], document: &[u8]) -> Result<()> {
    let mut request = [0; 4096];
    let count = connection.read(&mut request)?;
    let request = String::from_utf8_lossy(request.get(..count).unwrap_or_default());
    let (kind, bytes) = match request.split(' ').nth(1) {
        Some("/standalone.js") => ("text/javascript; charset=utf-8", script),
        Some("/openapi.json") => ("application/json", document),
        _ => ("text/html", PAGE.as_bytes()),
    };
    write!(connection, "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n", bytes.len())?;
    connection.write_all(bytes)?;
    Ok(())
}
