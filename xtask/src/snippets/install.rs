//! The packages of the official clients, in the versions of our data.

use std::path::PathBuf;

use api_tools::snippets::client::Facts;

use crate::packages;

/// The npm packages besides the client: the compiler of TypeScript, and the types of Node.
const NPM: [&str; 2] = ["typescript@7.0.2", "@types/node@26.6.6"];

/// Installs the npm packages. Returns the folder that contains `node_modules`.
pub fn npm(facts: &Facts) -> Result<PathBuf, String> {
    let client = format!("{}@{}", facts.package, facts.version);
    packages::npm("npm", &[&[client.as_str()], NPM.as_slice()].concat())
}

/// Installs the PyPI package. Returns the interpreter that finds it.
pub fn pip(facts: &Facts) -> Result<PathBuf, String> {
    packages::pip("python", &[&format!("{}=={}", facts.package, facts.version)])
}
