//! The feature table in the SDK's manifest.

use crate::{files, workspace};
use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

/// Features of the runtime, written by hand; the others are the generator's.
pub const RUNTIME: &[&str] = &["rustls", "native-tls", "webhook-verification", "serde", "blocking"];

/// The SDK's version.
pub fn version() -> Result<String, String> {
    let path = workspace::sdk().join("Cargo.toml");
    let manifest = parse(&files::read(&path)?)?;
    let version = manifest.get("package").and_then(|package| package.get("version")).and_then(Item::as_str);
    version.map(str::to_owned).ok_or_else(|| "error: plaid-sdk/Cargo.toml: the package has no version".to_owned())
}

/// The manifest with another version.
pub fn with_version(manifest: &str, version: &str) -> Result<String, String> {
    let mut manifest = parse(manifest)?;
    let old = manifest.get_mut("package").and_then(|package| package.get_mut("version")).filter(|old| old.is_str());
    *old.ok_or_else(|| "error: plaid-sdk/Cargo.toml: the package has no version".to_owned())? = value(version);
    Ok(manifest.to_string())
}

/// The emulator's manifest, which needs another version of the SDK.
pub fn with_requirement(manifest: &str, version: &str) -> Result<String, String> {
    let place = "error: plaid-sdk/emulator/Cargo.toml";
    let mut manifest: DocumentMut = manifest.parse().map_err(|error| format!("{place}: {error}"))?;
    let sdk = manifest.get_mut("dependencies").and_then(|needed| needed.get_mut("plaid-sdk"));
    let old = sdk.and_then(|sdk| sdk.get_mut("version")).filter(|old| old.is_str());
    *old.ok_or_else(|| format!("{place}: the dependency `plaid-sdk` has no version"))? = value(version);
    Ok(manifest.to_string())
}

/// The workspace's lock file with another version of the SDK, so that `--locked` builds it.
pub fn lock_with_version(lock: &str, version: &str) -> Result<String, String> {
    let mut lock: DocumentMut = lock.parse().map_err(|error| format!("error: Cargo.lock: {error}"))?;
    let packages = lock.get_mut("package").and_then(Item::as_array_of_tables_mut);
    let sdk = packages
        .into_iter()
        .flat_map(|packages| packages.iter_mut())
        .find(|package| package.get("name").and_then(Item::as_str) == Some("plaid-sdk"));
    let sdk = sdk.ok_or_else(|| "error: Cargo.lock does not contain plaid-sdk; run `cargo build`".to_owned())?;
    sdk.insert("version", value(version));
    Ok(lock.to_string())
}

/// The manifest with a feature for each product, all of them on by default.
pub fn with_features(manifest: &str, products: &[String]) -> Result<String, String> {
    let mut manifest: DocumentMut = parse(manifest)?;
    let old = manifest.get("features").and_then(Item::as_table).cloned().unwrap_or_default();
    let mut features = Table::new();
    let mut default = array(
        old.get("default")
            .and_then(Item::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .filter(|name| RUNTIME.contains(name)),
    );
    default.extend(products.iter().map(String::as_str));
    for element in default.iter_mut() {
        element.decor_mut().set_prefix("\n    ");
    }
    default.set_trailing("\n");
    default.set_trailing_comma(true);
    features.insert("default", value(default));
    for name in RUNTIME {
        if let Some(item) = old.get(name) {
            features.insert(name, item.clone());
            if let (Some(mut new), Some(old)) = (features.key_mut(name), old.key(name)) {
                *new.leaf_decor_mut() = old.leaf_decor().clone();
            }
        }
    }
    for name in products {
        if RUNTIME.contains(&name.as_str()) || name == "default" {
            return Err(format!("error: the feature `{name}` of a product has the name of a feature of the runtime"));
        }
        features.insert(name, value(Array::new()));
    }
    if let Some(table) = manifest.get("features").and_then(Item::as_table) {
        *features.decor_mut() = table.decor().clone();
    }
    manifest.insert("features", Item::Table(features));
    Ok(manifest.to_string())
}

/// The manifest of a separate crate: nothing inherited, and only the library.
pub fn alone(manifest: &str) -> Result<String, String> {
    let mut manifest: DocumentMut = parse(manifest)?;
    for table in ["dev-dependencies", "lints", "example", "test", "bench"] {
        manifest.remove(table);
    }
    if let Some(package) = manifest.get_mut("package").and_then(Item::as_table_mut) {
        package.remove("readme");
        package.remove("include");
    }
    // Keeps it out of a workspace around the folder.
    manifest.insert("workspace", Item::Table(Table::new()));
    Ok(manifest.to_string())
}

/// The manifest of a workspace member with another name, in which warnings are errors.
pub fn member(manifest: &str, name: &str) -> Result<String, String> {
    let mut manifest: DocumentMut = parse(&alone(manifest)?)?;
    manifest.remove("workspace");
    if let Some(package) = manifest.get_mut("package").and_then(Item::as_table_mut) {
        package.insert("name", value(name));
    }
    let mut lints = Table::new();
    lints.insert("warnings", value("deny"));
    let mut tools = Table::new();
    tools.insert("rust", Item::Table(lints));
    manifest.insert("lints", Item::Table(tools));
    Ok(manifest.to_string())
}

fn parse(manifest: &str) -> Result<DocumentMut, String> {
    manifest.parse().map_err(|error| format!("error: plaid-sdk/Cargo.toml: {error}"))
}

fn array<'a>(names: impl Iterator<Item = &'a str>) -> Array {
    names.collect()
}

/// The name of the crate with derives, in the benchmark of the wire layer.
pub const DERIVED: &str = "plaid-sdk-derived";

/// The manifest of that crate: with serde's derives and serde features of the dependencies.
pub fn with_derives(manifest: &str) -> Result<String, String> {
    let mut manifest = parse(manifest)?;
    for (package, feature) in [("serde", "derive"), ("chrono", "serde"), ("rust_decimal", "serde")] {
        let features = manifest
            .get_mut("dependencies")
            .and_then(|dependencies| dependencies.get_mut(package))
            .and_then(|package| package.get_mut("features"))
            .and_then(Item::as_array_mut)
            .ok_or_else(|| format!("error: plaid-sdk/Cargo.toml: `{package}` lists no features"))?;
        features.push(feature);
    }
    if let Some(package) = manifest.get_mut("package").and_then(Item::as_table_mut) {
        package.insert("name", value(DERIVED));
    }
    Ok(manifest.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_version_changes_nothing_else() {
        let manifest = "[package]\nname = \"a\"\nversion = \"0.1.0\" # of today\n";
        assert_eq!(with_version(manifest, "0.2.0").unwrap(), manifest.replace("\"0.1.0\" # of today", "\"0.2.0\""));
        let lock = "version = 4\n\n[[package]]\nname = \"other\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"plaid-sdk\"\nversion = \"0.1.0\"\ndependencies = [\n \"other\",\n]\n";
        let (before, after) = lock.split_at(lock.find("plaid-sdk").unwrap());
        assert_eq!(lock_with_version(lock, "0.2.0").unwrap(), before.to_owned() + &after.replace("0.1.0", "0.2.0"));
        assert!(lock_with_version("version = 4\n", "0.2.0").is_err_and(|said| said.contains("cargo build")));
        let emulator =
            "[dependencies]\nplaid-sdk = { path = \"..\", version = \"0.1.0\", optional = true } # in process\n";
        assert_eq!(with_requirement(emulator, "0.2.0").unwrap(), emulator.replace("0.1.0", "0.2.0"));
        assert!(with_requirement("[dependencies]\n", "0.2.0").is_err_and(|said| said.contains("has no version")));
        assert!(with_version("[package]\n", "0.2.0").is_err_and(|said| said.contains("no version")));
    }
}
