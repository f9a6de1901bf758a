//! Whether an emulator ends with the program that started it.

use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::files;

/// How long is waited for what should happen at once.
const PATIENCE: Duration = Duration::from_secs(60);

/// Fails if an emulator still listens at the address in a file, which a test has written.
pub fn has_ended(file: &Path) -> Result<(), String> {
    let url = files::read(file)?;
    if until(Duration::from_secs(5), || !listens(&url)) {
        Ok(())
    } else {
        Err(format!("error: the emulator at {url} still runs after the tests"))
    }
}

/// Starts tests that never end, kills them, and waits until their emulator ends as well. They write its address into the file.
pub fn with_killed(tests: &mut Command, name: &str, file: &Path) -> Result<(), String> {
    let _removed = std::fs::remove_file(file);
    let mut child = tests.spawn().map_err(|error| format!("error: {name} could not be run: {error}"))?;
    let started = until(PATIENCE, || std::fs::read_to_string(file).is_ok_and(|url| listens(&url)));
    let killed = child.kill().and_then(|()| child.wait());
    if !started {
        return Err(format!("error: {name} started no emulator, and ended with {killed:?}"));
    }
    has_ended(file)
}

fn listens(url: &str) -> bool {
    url.strip_prefix("http://").is_some_and(|address| TcpStream::connect(address).is_ok())
}

fn until(patience: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < patience {
        if is_so() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}
