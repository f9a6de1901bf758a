//! The programs that contain the snippets. Each has the snippets of some operations, so that they compile at the same time.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::arrived::Arrived;
use crate::files::{self, Plan};
use crate::workspace;

/// Its `main.rs`.
const MAIN: &str = include_str!("../../../templates/snippets.rs");

/// How many programs there are.
const PROGRAMS: usize = 8;

/// A snippet.
pub struct Call<'a> {
    /// The `operationId`.
    pub operation: &'a str,
    /// Its code.
    pub code: String,
}

/// Writes the programs and builds them.
pub fn build(calls: &[Call<'_>]) -> Result<Vec<PathBuf>, String> {
    let home = workspace::root().join("target/snippets/rust");
    let mut plan = Plan::default();
    let mut kept = Vec::new();
    let names: Vec<String> = (0..PROGRAMS).map(|index| format!("snippets-{index}")).collect();
    for (index, name) in names.iter().enumerate() {
        let folder = home.join(name);
        let mut put = |file: &str, text: String| {
            let path = folder.join(file);
            kept.push(path.clone());
            plan.put(path, text)
        };
        put("Cargo.toml", manifest(name))?;
        put("src/main.rs", MAIN.to_owned())?;
        let mut table = String::new();
        let mut modules = String::new();
        for (number, group) in groups(calls).into_iter().enumerate().filter(|(number, _)| number % PROGRAMS == index) {
            let _ = writeln!(modules, "mod calls_{number};");
            let mut text = String::new();
            for (at, call) in group {
                let _ = writeln!(table, "    ({at}, || Box::pin(calls_{number}::call_{at}())),");
                text.push_str(&function(at, call));
            }
            put(&format!("src/calls/calls_{number}.rs"), format!("use crate::plaid_sdk;\n{text}"))?;
        }
        let head = "use super::Run;\n\n";
        put("src/calls.rs", format!("{head}{modules}\npub const CALLS: &[(usize, Run)] = &[\n{table}];\n"))?;
    }
    let members: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let profile = "[profile.dev]\ndebug = false\nincremental = false\n";
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n{profile}", members.join(", "));
    plan.put(home.join("Cargo.toml"), manifest)?;
    // The workspace's versions, so that the workspace's build results are reused here.
    let lock = home.join("Cargo.lock");
    if let Some(text) = files::read_if_there(&workspace::root().join("Cargo.lock"))?.filter(|_| !lock.exists()) {
        plan.put(lock.clone(), text)?;
    }
    kept.extend([home.join("Cargo.toml"), lock]);
    plan.own(&home, &kept)?;
    plan.carry_out()?;
    let target = workspace::target();
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--workspace"])
        .current_dir(&home)
        .env("CARGO_TARGET_DIR", &target)
        .status()
        .map_err(|error| format!("error: cargo could not be run: {error}"))?;
    if !status.success() {
        return Err("error: the snippets do not compile".to_owned());
    }
    Ok(names.iter().map(|name| target.join("debug").join(name)).collect())
}

/// The calls of each operation, with their numbers.
fn groups<'a, 'b>(calls: &'a [Call<'b>]) -> Vec<Vec<(usize, &'a Call<'b>)>> {
    let mut groups: Vec<Vec<(usize, &Call<'_>)>> = Vec::new();
    for (at, call) in calls.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|(_, last)| last.operation == call.operation) => {
                group.push((at, call));
            }
            _ => groups.push(vec![(at, call)]),
        }
    }
    groups
}

fn function(at: usize, call: &Call<'_>) -> String {
    let body: String = call.code.lines().flat_map(|line| ["    ", line, "\n"]).collect();
    format!("\npub async fn call_{at}() -> crate::Done {{\n{body}    Ok(())\n}}\n")
}

fn manifest(name: &str) -> String {
    let sdk = "../../../../plaid-sdk";
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         plaid-sdk = {{ path = \"{sdk}\" }}\ntokio = {{ version = \"1\", features = [\"rt\", \"time\"] }}\n"
    )
}

/// Runs the programs. Returns what each call sent.
pub fn run(programs: &[PathBuf], calls: usize) -> Result<Vec<Vec<Arrived>>, String> {
    let mut sent: Vec<Option<Vec<Arrived>>> = Vec::new();
    sent.resize_with(calls, || None);
    for program in programs {
        for (at, requests) in lines(program)? {
            let place = sent
                .get_mut(at)
                .ok_or_else(|| format!("error: {}: it reports call {at}, which it does not have", program.display()))?;
            *place = Some(requests);
        }
    }
    let missing = sent.iter().filter(|sent| sent.is_none()).count();
    if missing > 0 {
        return Err(format!("error: {missing} of {calls} snippets did not run"));
    }
    Ok(sent.into_iter().flatten().collect())
}

fn lines(program: &Path) -> Result<Vec<(usize, Vec<Arrived>)>, String> {
    let output = Command::new(program)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("error: {}: {error}", program.display()))?;
    if !output.status.success() {
        return Err(format!("error: {} failed", program.display()));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().map(serde_json::from_str).collect::<Result<_, _>>();
    lines.map_err(|error| format!("error: {}: its output can't be read: {error}", program.display()))
}
