//! Documentation as resources.

use plaid_catalog::Catalog;
use plaid_catalog::model::ErrorCode;
use plaid_catalog::tools::nearest::nearest;

use super::{describe, names};

/// What addresses begin with.
const ROOT: &str = "plaid://";

/// The templates: address, name and what it is.
pub const TEMPLATES: [(&str, &str, &str); 2] = [
    ("plaid://operations/{name}.md", "operation", "Everything about an operation, such as link_token_create"),
    ("plaid://errors/{code}.md", "error", "What an error code means and what to do, such as ITEM_LOGIN_REQUIRED"),
];

/// The Markdown at an address, or what is wrong with it.
pub fn read(catalog: &'static Catalog, uri: &str) -> Result<String, String> {
    let path = uri.strip_prefix(ROOT).and_then(|path| path.strip_suffix(".md")).unwrap_or_default();
    if let Some(text) = page(path) {
        return Ok(text);
    }
    match path.split_once('/') {
        Some(("operations", name)) => {
            names::operation(catalog, name).map(|operation| describe::whole(catalog, operation))
        }
        Some(("errors", code)) => match catalog.error_code(code) {
            Some(known) => Ok(error(known)),
            None => {
                let codes = catalog.api().error_codes.iter().map(|known| known.wire.as_str());
                Err(format!("unknown error code `{code}`. Near it: {}", nearest(code, codes).join(", ")))
            }
        },
        _ => {
            let known = TEMPLATES.map(|(uri, ..)| uri).join(", ");
            Err(format!("there is no such resource. There are {known} and plaid://responses/{{id}}"))
        }
    }
}

/// The page for people as Markdown.
#[cfg(feature = "pages")]
fn page(path: &str) -> Option<String> {
    if path.is_empty() { None } else { crate::pages::markdown_below(ROOT, &format!("/{path}")) }
}

/// Without pages, a resource has what the tools say.
#[cfg(not(feature = "pages"))]
fn page(_: &str) -> Option<String> {
    None
}

fn error(code: &ErrorCode) -> String {
    format!(
        "# {}\n\nTypes: {}. Recovery: {}. Retry: {}.\n\n{}\n",
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
            assert!(text.starts_with("# ") && text.contains(&operation.path), "{text:.60}");
            assert!(!text.contains("](/"), "{name} has a link that leads nowhere");
        }
        for code in &catalog.api().error_codes {
            let text = read(catalog, &format!("plaid://errors/{}.md", code.wire)).expect("a page");
            assert!(text.starts_with("# ") && text.contains(&code.wire), "{}", code.wire);
        }
    }

    #[test]
    fn without_pages_a_resource_has_what_the_tools_say() {
        let code = Catalog::plaid().error_code("ITEM_LOGIN_REQUIRED").expect("the code");
        assert!(super::error(code).contains(&code.advice));
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
