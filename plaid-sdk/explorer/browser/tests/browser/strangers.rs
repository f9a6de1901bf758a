//! A page of another origin can neither act nor look.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use anyhow::Result;
use serde_json::Value;

use crate::setup::Setup;

/// What a hostile page tries. `TARGET` is the explorer.
const PAGE: &str = r#"<!doctype html><title>stranger</title>
<iframe name="sink" title="sink"></iframe>
<form id="plain" method="post" enctype="text/plain" target="sink" action="TARGET/item/remove"><input name='{"a":"' value='"}'></form>
<form id="multipart" method="post" enctype="multipart/form-data" target="sink" action="TARGET/item/remove"><input name="a" value="b"></form>
<form id="own" method="post" target="sink" action="TARGET/-/call/itemRemove"><input name="a" value="b"></form>
<img src="TARGET/-/search?q=token" alt=""><img src="TARGET/fdx/recipients" alt="">
<script>
const body = JSON.stringify({ access_token: "access-1" });
const json = { "content-type": "application/json" };
const read = (promise) => promise.then((one) => one.text()).then((text) => "read: " + text.slice(0, 80), (error) => "failed: " + error.name);
async function attack() {
  const found = [];
  for (const path of ["/item/remove", "/link/token/create", "/-/call/itemRemove", "/-/reveal", "/-/preview", "/mcp"]) {
    found.push([path, await read(fetch("TARGET" + path, { method: "POST", body, headers: json }))]);
    found.push([path, await read(fetch("TARGET" + path, { method: "POST", body, mode: "no-cors" }))]);
    found.push([path, await read(fetch("TARGET" + path, { method: "POST", body, mode: "no-cors", headers: { "content-type": "text/plain" } }))]);
    navigator.sendBeacon("TARGET" + path, new Blob([body], { type: "text/plain" }));
  }
  for (const path of ["/", "/-/history", "/-/shelf", "/-/search?q=token", "/-/emulator/", "/openapi.json"]) {
    found.push([path, await read(fetch("TARGET" + path))]);
    found.push([path, await read(fetch("TARGET" + path, { credentials: "include" }))]);
  }
  for (const form of document.forms) form.submit();
  const socket = new WebSocket("TARGET/mcp".replace("http", "ws"));
  await new Promise((done) => { socket.onerror = done; socket.onopen = () => { found.push(["ws", "read: open"]); done(); }; });
  const frame = document.createElement("iframe");
  frame.src = "TARGET/operations/item_remove";
  document.body.append(frame);
  await new Promise((done) => { frame.onload = done; setTimeout(done, 2000); });
  let inner = "failed";
  try { inner = frame.contentWindow.document.body.innerText ? "read: frame" : "failed"; } catch {}
  found.push(["frame", inner]);
  return found;
}
</script>"#;

#[test]
fn a_page_of_another_origin_reads_nothing_and_changes_nothing() -> Result<()> {
    let setup = Setup::shared()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let stranger = format!("http://{}", listener.local_addr()?);
    let content = PAGE.replace("TARGET", setup.url());
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let Ok(mut connection) = connection else { continue };
            let mut request = [0; 4096];
            let _read = connection.read(&mut request);
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length:";
            let _written = write!(connection, "{head} {}\r\n\r\n{content}", content.len());
        }
    });
    let before = calls(&setup)?;
    let page = setup.open("/")?;
    page.open(&stranger)?;
    let found: Vec<(String, String)> = page.value("attack()")?;
    assert!(found.len() > 25, "{found:?}");
    for (path, outcome) in &found {
        // A response without CORS is empty to the page, if it is anything.
        assert!(!outcome.starts_with("read: ") || outcome == "read: ", "{path}: {outcome}");
    }
    assert_eq!(calls(&setup)?, before, "a call came through");
    Ok(())
}

/// How many calls the explorer has sent on.
fn calls(setup: &Setup) -> Result<usize> {
    let page = setup.open("/")?;
    let history: Vec<Value> = page.value("fetch('/-/history').then((one) => one.json())")?;
    let requests: Value = page.value(
        "fetch('/-/emulator/_plaid/requests', { headers: { 'plaid-client-id': '0123456789abcdef01234567' } })\
         .then((one) => one.json())",
    )?;
    let all = requests.get("requests").and_then(Value::as_array).map_or(0, Vec::len);
    Ok(history.len() + all)
}
