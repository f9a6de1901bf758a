//! Files for tools: `llms.txt`, `catalog.json`, `openapi.json`.

use std::sync::LazyLock;

use plaid_catalog::Catalog;
use plaid_catalog::model::Operation;
use plaid_catalog::tools::openapi::{About, document};

use super::links::Address;
use super::view::View;
use super::{guides, operation, prose, title};

/// `llms.txt`: all pages as Markdown, by product, with what a model must know.
pub fn llms(view: &View) -> String {
    let catalog = view.catalog;
    let api = catalog.api();
    let link = |address: &Address<'_>| view.links.to_markdown(address);
    let mut text = format!(
        "# Plaid's API\n\n> Plaid connects applications to bank accounts. All {} operations, {} webhooks and {} error codes, each \
         on a page of its own as Markdown. Append .md to the address of any page.\n\n## Instructions\n\n{INSTRUCTIONS}",
        api.operations.len(),
        super::webhook::pairs(catalog).len(),
        api.error_codes.len(),
    );
    let old: Vec<&'static Operation> = api.operations.iter().filter(|one| one.docs.deprecated).collect();
    if !old.is_empty() {
        text.push_str("- Don't use deprecated operations in new code:\n");
        for one in old {
            let named: Vec<String> =
                operation::successors(view, one).iter().map(|one| format!("`{}`", one.path)).collect();
            let instead = if named.is_empty() { String::new() } else { format!("; see {}", named.join(", ")) };
            text.push_str(&format!("  - `{}`{instead}\n", one.path));
        }
    }
    text.push_str("\n## Guides\n\n");
    for guide in guides::all() {
        let about = prose::plain(&guide.about);
        text.push_str(&format!("- [{}]({}): {about}\n", guide.title, link(&Address::Guide(&guide.name))));
    }
    for product in catalog.products() {
        let operations: Vec<&Operation> = product.operations().filter(|one| !one.docs.deprecated).collect();
        if operations.is_empty() {
            continue;
        }
        text.push_str(&format!("\n## {}\n\n", title::product(&product)));
        let address = link(&Address::Product(product.name));
        text.push_str(&format!("- [About {}]({address}): {}\n", title::product(&product), product.about));
        for one in operations {
            let summary = one.docs.summary.as_ref().map(prose::plain).unwrap_or_default();
            let address = link(&Address::operation(catalog, one));
            text.push_str(&format!("- [{} {}]({address}): {summary}\n", one.method, one.path));
        }
    }
    text.push_str("\n## Optional\n\n");
    for (name, address, about) in [
        ("Webhooks", Address::Webhooks, "what Plaid sends to your server"),
        ("Error codes", Address::Errors, "each with advice"),
        ("Types", Address::Types, "objects and enums"),
    ] {
        text.push_str(&format!("- [{name}]({}): {about}\n", link(&address)));
    }
    for (name, about) in [("catalog.json", "the API as data"), ("openapi.json", "the API as OpenAPI 3.1")] {
        text.push_str(&format!("- [{name}]({}): {about}\n", view.links.to(&Address::File(name))));
    }
    text
}

const INSTRUCTIONS: &str = "\
- Every operation but three is a POST with a JSON body. Authenticate by the headers PLAID-CLIENT-ID and PLAID-SECRET, or let a \
gateway add them.\n\
- Decide by `error_code`, never by `error_message`, which may change. Each code has a page with advice.\n\
- Amounts are decimals. Keep their digits: don't read them as binary floating-point numbers.\n\
- Enums grow: accept values that you don't know.\n\
- Unknown properties in a request are refused; unknown properties in a response are to be ignored.\n\
- Access tokens belong on a server. Don't put them into addresses, logs or clients.\n";

/// `catalog.json`: the API as data, made once. `None` if it can't be written, which a test excludes.
pub fn catalog() -> Option<&'static str> {
    static MADE: LazyLock<Option<String>> = LazyLock::new(|| Catalog::plaid().data().to_json().ok());
    MADE.as_deref()
}

/// `openapi.json`: the API as OpenAPI, made once.
pub fn openapi() -> &'static str {
    static MADE: LazyLock<String> = LazyLock::new(|| {
        let catalog = Catalog::plaid();
        let about = About { description: Some(DESCRIPTION.to_owned()), license: Some(LICENSE.to_owned()) };
        document(catalog.api(), catalog.layout(), &about)
    });
    &MADE
}

/// What the OpenAPI document says about itself.
const DESCRIPTION: &str = "\
Plaid's API, described by the plaid-sdk project in its own words. It is not affiliated with Plaid.

Members that begin with `x-` contain what OpenAPI can't say. Links in descriptions are JSON pointers into this document.";

/// Its licence.
const LICENSE: &str = "MIT OR Apache-2.0";

#[cfg(test)]
mod tests {
    use super::{catalog, llms, openapi};
    use crate::pages::links::Links;
    use crate::pages::view::View;
    use plaid_catalog::Catalog;

    #[test]
    fn models_are_told_about_every_operation_and_what_not_to_use() {
        let view = View { catalog: Catalog::plaid(), links: Links::served(), environment: None };
        let text = llms(&view);
        for operation in &Catalog::plaid().api().operations {
            let listed = text.contains(&format!("- [{} {}](/operations/", operation.method, operation.path));
            assert_eq!(listed, !operation.docs.deprecated, "{}", operation.id);
            assert!(text.contains(&format!("{}`", operation.path)) || listed, "{}", operation.id);
        }
        assert!(text.contains("- `/transfer/balance/get`; see `/transfer/ledger/get`\n"), "{text}");
    }

    #[test]
    fn files_for_tools_are_json() {
        let data: serde_json::Value = serde_json::from_str(catalog().expect("data")).expect("JSON");
        assert_eq!(data["api"]["operations"].as_array().map(Vec::len), Some(329));
        let document: serde_json::Value = serde_json::from_str(openapi()).expect("JSON");
        assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    }
}
