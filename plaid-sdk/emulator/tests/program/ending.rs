//! How the program ends with the program that started it, and how it is asked whether it runs.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::support::PROGRAM;

/// An emulator whose standard input is a pipe, and its address.
fn start(arguments: &[&str]) -> (Child, String) {
    let mut command = Command::new(PROGRAM);
    command.args(["--port", "0"]).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    let line = BufReader::new(child.stdout.take().expect("stdout")).lines().next().expect("a line").expect("text");
    let (_, url) = line.split_once(" at ").expect("an address");
    (child, url.to_owned())
}

/// Waits for its end, at most ten seconds.
fn end(child: &mut Child) -> Option<ExitStatus> {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(10) {
        if let Some(status) = child.try_wait().expect("its status") {
            return Some(status);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    None
}

fn health(url: &str) -> (bool, String) {
    let output = Command::new(PROGRAM).args(["health", "--url", url]).output().expect("it runs");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn it_ends_when_its_standard_input_is_closed() {
    let (mut child, url) = start(&["--exit-with-stdin"]);
    assert!(health(&url).0, "it runs as long as the pipe is open");
    drop(child.stdin.take());
    assert_eq!(end(&mut child).and_then(|status| status.code()), Some(0));
    let (answers, error) = health(&url);
    assert!(!answers && error.contains(&url) && error.contains("--url"), "{error}");
}

#[test]
fn without_the_option_it_goes_on() {
    let (mut child, url) = start(&[]);
    drop(child.stdin.take());
    std::thread::sleep(Duration::from_millis(200));
    assert!(health(&url).0);
    child.kill().expect("it runs");
    child.wait().expect("it has ended");
}

#[cfg(unix)]
#[test]
fn it_ends_in_order_when_the_system_asks_it_to() {
    let (mut child, url) = start(&[]);
    assert!(health(&url).0);
    let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill runs");
    assert!(asked.success());
    assert_eq!(end(&mut child).and_then(|status| status.code()), Some(0));
}

#[test]
fn at_all_interfaces_its_address_is_one_that_clients_can_use() {
    let (mut child, url) = start(&["--host", "0.0.0.0", "--exit-with-stdin"]);
    assert!(url.starts_with("http://127.0.0.1:") && health(&url).0, "{url}");
    drop(child.stdin.take());
    assert!(end(&mut child).is_some());
}
