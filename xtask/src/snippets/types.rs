//! Checks the types of TypeScript snippets against the client.

use std::process::Command;

use api_tools::snippets::Language;

use super::{Checked, install};
use crate::packages;

/// How strictly. Snippets are modules, since they wait at the top level.
const CONFIGURATION: &str = r#"{
  "compilerOptions": {
    "strict": true,
    "noEmit": true,
    "target": "es2022",
    "module": "esnext",
    "moduleResolution": "bundler",
    "moduleDetection": "force",
    "types": ["node"],
    "skipLibCheck": true
  },
  "include": ["*.ts"]
}
"#;

/// Checks all snippets in one run of the compiler.
pub fn run(input: &Checked) -> Result<(), String> {
    let cases = input.cases(Language::TypeScript)?;
    let facts = input.facts(Language::TypeScript)?;
    let npm = install::npm(facts)?;
    let folder = npm.join("snippets");
    packages::empty(&folder)?;
    packages::write(&folder.join("tsconfig.json"), CONFIGURATION)?;
    for case in &cases {
        packages::write(&folder.join(format!("{}.ts", case.name)), &case.code)?;
    }
    let mut command = Command::new("node");
    command.arg(npm.join("node_modules/typescript/bin/tsc")).arg("--project").arg(folder.join("tsconfig.json"));
    packages::run(&mut command, "tsc")?;
    let unchecked = cases.iter().filter(|case| case.code.contains(" as any")).count();
    let by_http = cases.iter().filter(|case| case.code.contains("of the client")).count();
    println!(
        "TypeScript: {} snippets of {} operations have the types of {} {}; {by_http} are plain HTTP, {unchecked} contain a value that the client doesn't know",
        cases.len(),
        input.api.operations.len(),
        facts.package,
        facts.version,
    );
    Ok(())
}
