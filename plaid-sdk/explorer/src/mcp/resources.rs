//! Documentation as resources.

use plaid_catalog::Catalog;
use plaid_catalog::model::ErrorCode;
use plaid_catalog::tools::nearest::nearest;

use super::{describe, names};

/// The templates: address, name and what it is.
pub const TEMPLATES: [(&str, &str, &str); 2] = [
    ("plaid://operations/{name}.md", "operation", "Everything about an operation, such as link_token_create"),
    ("plaid://errors/{code}.md", "error", "What an error code means and what to do, such as ITEM_LOGIN_REQUIRED"),
];

/// The Markdown at an address, or what is wrong with it.
pub fn read(catalog: &'static Catalog, uri: &str) -> Result<String, String> {
    let path = uri.strip_prefix("plaid://").and_then(|path| path.strip_suffix(".md"));
    match path.and_then(|path| path.split_once('/')) {
        Some(("operations", name)) => {
            let operation = names::operation(catalog, name)?;
            Ok(describe::whole(catalog, operation))
        }
        Some(("errors", code)) => match catalog.error_code(code) {
            Some(known) => Ok(error(catalog, known)),
            None => {
                let codes = catalog.api().error_codes.iter().map(|known| known.wire.as_str());
                Err(format!("there is no error code `{code}`. Near it: {}", nearest(code, codes).join(", ")))
            }
        },
        _ => {
            Err("there are plaid://operations/{name}.md, plaid://errors/{code}.md and plaid://responses/{id}"
                .to_owned())
        }
    }
}

fn error(catalog: &Catalog, code: &ErrorCode) -> String {
    let of = catalog
        .api()
        .operations
        .iter()
        .filter(|operation| catalog.error_codes_of(operation).iter().any(|known| known.wire == code.wire));
    let of: Vec<String> = of.map(|operation| format!("- {}", names::of(catalog, operation))).collect();
    let of =
        if of.is_empty() { String::new() } else { format!("\nOperations whose docs name it:\n\n{}\n", of.join("\n")) };
    format!(
        "# {}\n\nTypes: {}. Recovery: {}. Retry: {}.\n\n{}\n{of}",
        code.wire,
        code.types.join(", "),
        code.recovery,
        code.retry,
        code.advice
    )
}

#[cfg(test)]
mod tests {
    use super::read;
    use plaid_catalog::Catalog;

    #[test]
    fn every_operation_and_every_error_is_a_resource() {
        let catalog = Catalog::plaid();
        for operation in &catalog.api().operations {
            let name = crate::mcp::names::of(catalog, operation);
            let text = read(catalog, &format!("plaid://operations/{name}.md")).expect("a page");
            assert!(text.starts_with(&format!("# {name}: ")), "{text:.60}");
        }
        for code in &catalog.api().error_codes {
            let text = read(catalog, &format!("plaid://errors/{}.md", code.wire)).expect("a page");
            assert!(text.contains(&code.advice), "{}", code.wire);
        }
    }

    #[test]
    fn other_addresses_say_what_there_is() {
        let catalog = Catalog::plaid();
        assert!(
            read(catalog, "plaid://operations/transaction_sync.md")
                .expect_err("misspelt")
                .contains("transactions_sync")
        );
        assert!(read(catalog, "plaid://errors/ITEM_LOGIN.md").expect_err("misspelt").contains("ITEM_LOGIN_REQUIRED"));
        for uri in [
            "",
            "plaid://",
            "plaid://operations",
            "file:///etc/passwd",
            "plaid://operations/../x.md",
            "plaid://errors/.md",
        ] {
            assert!(read(catalog, uri).is_err(), "{uri}");
        }
    }
}
