//! How soon the emulator listens and answers, and how much memory it has then.

use std::path::Path;
use std::time::Instant;

use super::http;
use crate::bench::figure::append;
use crate::profile::Profile;
use crate::running::Running;

/// How often each build starts. The fastest counts.
const ROUNDS: usize = 7;

const HEADERS: &str =
    "Content-Type: application/json\r\nPLAID-CLIENT-ID: 0123456789abcdef01234567\r\nPLAID-SECRET: secret\r\n";
const BODY: &str = r#"{"institution_id":"ins_109508","country_codes":["US"]}"#;

/// Measures a dev build and a release build.
pub fn run(figures: &Path) -> Result<(), String> {
    for profile in [Profile::Dev, Profile::Release] {
        let program = profile.program("plaid-emulator")?;
        let profile = profile.name();
        let (mut start, mut first, mut memory) = (f64::MAX, f64::MAX, f64::MAX);
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            let emulator = Running::start_program(&program, &[])?;
            start = start.min(milliseconds(begun));
            http::send(&emulator.url, "POST", "/institutions/get_by_id", HEADERS, BODY)?;
            first = first.min(milliseconds(begun));
            memory = memory.min(emulator.resident()? as f64 / 1e6);
        }
        println!("{profile:<8} {start:.1} ms to its address, {first:.1} ms to its first response, {memory:.1} MB");
        append(figures, &format!("emulator.start.{profile}"), start)?;
        append(figures, &format!("emulator.first.{profile}"), first)?;
        append(figures, &format!("emulator.memory.{profile}"), memory)?;
    }
    Ok(())
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
