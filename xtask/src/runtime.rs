//! The generator contains lists of names that the SDK's runtime uses. These tests compare the lists with the runtime's
//! sources.

#[cfg(test)]
mod layers;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use codegen::reserved;

    use crate::{files, workspace};

    fn sources() -> Vec<(String, String)> {
        let src = workspace::sdk().join("src");
        let all = files::walk(&src).unwrap();
        let all = all.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
        all.map(|path| {
            let text = files::read(&path).unwrap();
            (path.strip_prefix(&src).unwrap().display().to_string(), text)
        })
        .collect()
    }

    #[test]
    fn no_product_can_take_the_name_of_a_module_of_the_runtime() {
        let (_, root) = sources().into_iter().find(|(path, _)| path == "lib.rs").unwrap();
        let is_module = |name: &&str| name.starts_with(|first: char| first.is_ascii_lowercase());
        let declared = root.lines().flat_map(|line| {
            let line = line.strip_prefix("pub ").unwrap_or(line);
            let module = line.strip_prefix("mod ").and_then(|rest| rest.split([';', ' ']).next());
            let exported = line.strip_prefix("use ").and_then(|rest| rest.strip_suffix(';')).unwrap_or_default();
            let exported = exported.rsplit("::").next().unwrap_or_default();
            let names = exported.trim_matches(['{', '}']).split(", ");
            module.into_iter().chain(names.filter(|name| !matches!(*name, "self" | "*")))
        });
        let mut declared: BTreeSet<&str> = declared.filter(is_module).collect();
        assert!(declared.len() > 15, "{declared:?}");
        // A module of generated code, beside those of the products.
        declared.insert("error_codes");
        // The module of a product, which `lib.rs` extends.
        declared.remove("webhooks");
        // `pub use rust_decimal::{self, Decimal}`.
        declared.insert("rust_decimal");
        assert_eq!(declared, reserved::RUNTIME.iter().copied().collect());
    }

    #[test]
    fn no_operation_can_take_the_name_of_a_method_of_the_client() {
        let mut methods = BTreeSet::from(["clone".to_owned(), "drop".to_owned()]);
        for (path, text) in sources().iter().filter(|(path, _)| !path.starts_with("generated")) {
            let mut inside = false;
            for line in text.lines() {
                inside = (inside && line != "}") || line == "impl Client {";
                let line = line.strip_prefix("    pub ").filter(|_| inside && path != "blocking.rs");
                let name = line.and_then(|line| line.split_once("fn ")).map(|(_, rest)| rest);
                methods.extend(name.and_then(|name| name.split(['(', '<']).next()).map(str::to_owned));
            }
        }
        assert_eq!(methods, reserved::CLIENT_METHODS.iter().map(|name| (*name).to_owned()).collect());
    }

    #[test]
    fn no_type_can_take_a_name_that_generated_code_imports() {
        let mut imported = BTreeSet::new();
        for (path, text) in sources().iter().filter(|(path, _)| path.starts_with("generated/")) {
            let syntax = text.split("\nuse crate::runtime::{").nth(1).and_then(|rest| rest.split("};").next());
            let names = syntax.unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty());
            imported.extend(names.map(|name| (path.clone(), name.to_owned())));
        }
        assert!(imported.len() > 100, "{}", imported.len());
        for (path, name) in imported {
            assert!(reserved::TYPES_IN_SCOPE.contains(&name.as_str()), "{name}, which {path} imports, is not reserved");
        }
    }
}
