//! The emulator as another process.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::{Value, json};

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_plaid-emulator");

/// The application that all calls come from.
const CLIENT_ID: &str = "0123456789abcdef01234567";

/// A running emulator. It is killed when it is dropped.
pub struct Process {
    child: Child,
    stderr: Option<ChildStderr>,
    /// Its address: `http://127.0.0.1:49152`.
    pub url: String,
}

impl Process {
    /// Starts the program with a free port and waits until it prints its address.
    ///
    /// # Errors
    /// What it wrote to stderr if it ends instead.
    pub fn start(arguments: &[&str]) -> Result<Self, String> {
        Self::start_with(arguments, &[])
    }

    /// Starts the program with more variables in its environment.
    pub fn start_with(arguments: &[&str], variables: &[(&str, &str)]) -> Result<Self, String> {
        let mut command = Command::new(PROGRAM);
        command.args(["--port", "0"]).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.envs(variables.iter().copied());
        let mut child = command.spawn().expect("the program runs");
        let (stdout, stderr) = (child.stdout.take().expect("stdout"), child.stderr.take());
        let mut process = Self { child, stderr, url: String::new() };
        let mut lines = BufReader::new(stdout).lines();
        match lines.next() {
            Some(Ok(line)) => {
                let (_, url) = line.split_once("http://").expect("an address");
                process.url = format!("http://{}", url.trim());
                Ok(process)
            }
            _ => Err(process.errors()),
        }
    }

    /// Kills it in the middle of what it does.
    pub fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it has ended");
    }

    fn errors(&mut self) -> String {
        self.child.wait().expect("it ends");
        let mut text = String::new();
        self.stderr.take().expect("stderr").read_to_string(&mut text).expect("text");
        text
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A process that has ended already is fine.
        let _killed = self.child.kill();
        let _status = self.child.wait();
    }
}

/// A folder that is removed when it is dropped.
pub struct Folder(PathBuf);

impl Folder {
    /// A new folder for a test.
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("plaid-emulator-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _removed = std::fs::remove_dir_all(&self.0);
    }
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// A client for an emulator. It reads no certificates, which takes a while without optimisation.
pub fn http() -> reqwest::Client {
    reqwest::Client::builder().tls_certs_only([]).build().expect("a client")
}

/// What a control of the tenant returns.
pub async fn control(http: &reqwest::Client, url: &str, name: &str) -> Value {
    let request = http.get(format!("{url}/_plaid/{name}")).header("PLAID-CLIENT-ID", CLIENT_ID);
    let body = request.send().await.expect("an answer").bytes().await.expect("a body");
    serde_json::from_slice(&body).expect("JSON")
}

/// Calls an operation. Returns `None` if the connection breaks.
pub async fn call(http: &reqwest::Client, url: &str, path: &str, body: Value) -> Option<(u16, Value)> {
    let mut body = body;
    body["client_id"] = json!(CLIENT_ID);
    body["secret"] = json!("secret");
    let request = http.post(format!("{url}{path}")).header("Content-Type", "application/json").body(body.to_string());
    let response = request.send().await.ok()?;
    let status = response.status().as_u16();
    let body = response.bytes().await.ok()?;
    Some((status, serde_json::from_slice(&body).expect("JSON")))
}
