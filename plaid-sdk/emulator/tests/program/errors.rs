//! What the program says if it can't start.

use std::fs;
use std::net::TcpListener;
use std::process::Command;

use crate::support::{Folder, PROGRAM, Process, text};

#[test]
fn a_port_in_use_is_named_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let output = Command::new(PROGRAM).args(["--port", &port]).output().expect("it runs");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    assert!(error.contains(&format!("can't listen on 127.0.0.1:{port}")) && error.contains("--port"), "{error}");
}

#[test]
fn a_state_file_that_does_not_fit_is_refused_and_kept() {
    let folder = Folder::new("errors");
    for (name, content, expected) in [
        ("version.json", r#"{"format": 99, "tenants": []}"#, "format 99"),
        ("torn.json", r#"{"format": 1, "tenants": [{"client_id""#, "not the whole state of an emulator"),
        ("other.json", "[1, 2]", "no number `format`"),
        ("empty.json", "", "not the whole state of an emulator"),
    ] {
        let path = folder.file(name);
        fs::write(&path, content).expect("it is written");
        let Err(error) = Process::start(&["--state", text(&path)]) else { panic!("{name} was accepted") };
        assert!(error.contains(expected) && error.contains(name) && error.contains("--state"), "{name}: {error}");
        assert_eq!(fs::read_to_string(&path).expect("the file"), content, "{name} was changed");
    }
}

#[test]
fn a_folder_that_does_not_exist_is_an_error_at_the_start() {
    let folder = Folder::new("nowhere");
    let path = folder.file("missing").join("state.json");
    let Err(error) = Process::start(&["--state", text(&path)]) else { panic!("it was accepted") };
    assert!(error.contains("missing") && error.contains("--state"), "{error}");
}
