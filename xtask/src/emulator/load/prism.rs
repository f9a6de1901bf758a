//! Prism, a mock server for OpenAPI documents, with our document. It answers with what the emulator answered.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::Call;
use crate::{files, packages, workspace};

/// How long it may take until it listens, in tenths of a second.
const START: u32 = 600;

/// A running Prism. It ends when this is dropped.
pub struct Prism {
    child: Child,
    /// Its address.
    pub url: String,
}

impl Prism {
    /// Starts it for the operations of some calls, on a free port.
    pub fn start(tools: &Path, file: &Path, calls: &[Call]) -> Result<Self, String> {
        let document = files::read(&workspace::sdk().join("catalog/data/openapi.json"))?;
        let document = serde_json::from_str(&document).map_err(|error| format!("error: openapi.json: {error}"))?;
        packages::write(file, &with_examples(document, calls)?.to_string())?;
        let port = free_port()?.to_string();
        let mut command = Command::new("node");
        command.arg(tools.join("node_modules/@stoplight/prism-cli/dist/index.js")).arg("mock").arg(file);
        command.args(["-h", "127.0.0.1", "-p", &port, "-v", "silent"]).stdout(Stdio::null());
        let child = command.spawn().map_err(|error| format!("error: Prism did not start: {error}"))?;
        let mut prism = Self { child, url: format!("http://127.0.0.1:{port}") };
        for _ in 0..START {
            if TcpStream::connect(format!("127.0.0.1:{port}")).is_ok() {
                return Ok(prism);
            }
            if let Ok(Some(status)) = prism.child.try_wait() {
                return Err(format!("error: Prism ended before it listened ({status})"));
            }
            sleep(Duration::from_millis(100));
        }
        Err("error: Prism does not listen after a minute".to_owned())
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // One that has ended by itself needs no more.
        let _killed = self.child.kill();
        let _status = self.child.wait();
    }
}

/// A port that nothing listens at. Prism does not say which one it has taken.
fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| format!("error: no port is free: {error}"))?;
    listener.local_addr().map(|address| address.port()).map_err(|error| format!("error: no port is free: {error}"))
}

/// A document with these operations only, each with its response as the only example.
fn with_examples(mut document: Value, calls: &[Call]) -> Result<Value, String> {
    let mut paths = Map::new();
    for Call { path, response } in calls {
        let mut item = document["paths"][path].take();
        let content = item["post"]["responses"]["200"]["content"]["application/json"].as_object_mut();
        let content = content.ok_or_else(|| format!("error: the document has no response of {path} in JSON"))?;
        content.insert("examples".to_owned(), json!({ "emulator": { "value": response } }));
        paths.insert(path.clone(), item);
    }
    document["paths"] = Value::Object(paths);
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::{Call, with_examples};
    use serde_json::json;

    #[test]
    fn prism_answers_with_the_response_of_the_emulator() {
        let responses = |content| json!({"post": {"responses": {"200": {"content": content}}}});
        let content = json!({"application/json": {"examples": {"a": {"value": 1}, "b": {"value": 2}}}});
        let document = json!({"paths": {"/a": responses(content.clone()), "/b": responses(content)}});
        let call = |path: &str| Call { path: path.to_owned(), response: json!({"x": 1}) };
        let expected = json!({"application/json": {"examples": {"emulator": {"value": {"x": 1}}}}});
        let made = with_examples(document.clone(), &[call("/a")]).expect("a document");
        assert_eq!(made, json!({"paths": {"/a": responses(expected)}}));
        let error = with_examples(document, &[call("/c")]).expect_err("no such path");
        assert_eq!(error, "error: the document has no response of /c in JSON");
    }
}
