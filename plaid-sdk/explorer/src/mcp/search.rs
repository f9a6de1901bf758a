//! `search_operations`: operations, properties, webhooks and error codes by what a model looks for.

use plaid_catalog::Catalog;
use plaid_catalog::model::Operation;
use plaid_catalog::tools::search::{Hit, Item, Place, Side};

use super::{effects, names, text};

/// How many results are listed.
const MOST: usize = 12;

/// How many places of a property are listed.
const PLACES: usize = 3;

/// The longest line about a result.
const LINE: usize = 160;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Words, a path, a property, a code. Empty for all operations of a product.
    pub query: &'a str,
    /// Operations of this product only.
    pub product: Option<&'a str>,
    /// Operations that only read.
    pub read_only: bool,
}

/// The results, one a line.
pub fn search(catalog: &Catalog, wanted: Wanted<'_>) -> Result<String, String> {
    let of_product = wanted.product.map(|name| names::product(catalog, name)).transpose()?;
    let fits = |operation: &Operation| {
        let is_of_product = of_product.as_ref().is_none_or(|all| all.iter().any(|one| one.id == operation.id));
        is_of_product && (!wanted.read_only || effects::reads(operation))
    };
    if wanted.query.trim().is_empty() {
        let Some(all) = &of_product else {
            return Err(format!(
                "the query is empty. Name what you look for, or a product: {}",
                names::products(catalog)
            ));
        };
        let lines = all.iter().filter(|operation| fits(operation)).map(|one| operation(catalog, one));
        return Ok(lines.collect::<Vec<_>>().join("\n"));
    }
    let is_filtered = of_product.is_some() || wanted.read_only;
    let lines = catalog.search(wanted.query, usize::MAX).into_iter().filter_map(|hit| match &hit.entry.item {
        Item::Operation { id, .. } => catalog.operation(id).filter(|one| fits(one)).map(|one| operation(catalog, one)),
        _ if is_filtered => None,
        _ => Some(other(catalog, &hit)),
    });
    let lines: Vec<String> = lines.take(MOST).collect();
    if lines.is_empty() {
        let products = names::products(catalog);
        let query = text::short(wanted.query, 100);
        return Ok(format!("Nothing was found for `{query}`. Try other words, or a product: {products}"));
    }
    Ok(lines.join("\n"))
}

fn operation(catalog: &Catalog, operation: &Operation) -> String {
    let deprecated = if operation.docs.deprecated { " [deprecated]" } else { "" };
    let summary = text::summary(&operation.docs, LINE);
    let name = names::of(catalog, operation);
    let path = if operation.method == "POST" {
        operation.path.clone()
    } else {
        format!("{} {}", operation.method, operation.path)
    };
    format!("{name} ({path}){}{deprecated}: {summary}", effects::word(operation))
}

fn other(catalog: &Catalog, hit: &Hit<'_>) -> String {
    let about = text::short(&hit.entry.about, LINE);
    match &hit.entry.item {
        Item::Operation { id, .. } => id.clone(),
        Item::Property { name, places } => {
            let shown = hit.place.into_iter().chain(places.iter().filter(|place| Some(*place) != hit.place));
            let shown: Vec<String> = shown.take(PLACES).map(|place| self::place(catalog, place)).collect();
            let more = places.len().saturating_sub(shown.len());
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("property {name} in {}{more}: {about}", shown.join(", "))
        }
        Item::Webhook { kind, code } => format!("webhook {kind}: {code}: {about}"),
        Item::ErrorCode(code) => format!("error {code}: {about}"),
    }
}

fn place(catalog: &Catalog, place: &Place) -> String {
    let of = catalog.operation(&place.of).map_or_else(|| place.of.clone(), |operation| names::of(catalog, operation));
    let side = match place.side {
        Side::Request => "request",
        Side::Response => "response",
        Side::Webhook => "webhook",
    };
    format!("{of} {side} `{}`", place.path)
}

#[cfg(test)]
mod tests {
    use super::{Wanted, search};
    use plaid_catalog::Catalog;

    fn found(query: &str, product: Option<&str>, read_only: bool) -> Result<String, String> {
        search(Catalog::plaid(), Wanted { query, product, read_only })
    }

    #[test]
    fn operations_are_found_by_name_path_and_words() {
        for query in ["transactions_sync", "/transactions/sync", "transactionsSync"] {
            let text = found(query, None, false).expect("a result");
            assert!(text.starts_with("transactions_sync (/transactions/sync) [reads]: "), "{query}: {text}");
        }
        let text = found("account and routing number", None, false).expect("a result");
        assert!(text.starts_with("auth_get "), "{text}");
        assert!(text.lines().count() <= super::MOST);
    }

    #[test]
    fn other_items_are_found_with_their_places() {
        let property = found("client_user_id", None, false).expect("a result");
        assert!(property.lines().any(|line| line.starts_with("property client_user_id in ")), "{property}");
        let code = found("ITEM_LOGIN_REQUIRED", None, false).expect("a result");
        assert!(code.starts_with("error ITEM_LOGIN_REQUIRED: "), "{code}");
        let webhook = found("SYNC_UPDATES_AVAILABLE", None, false).expect("a result");
        assert!(webhook.starts_with("webhook TRANSACTIONS: SYNC_UPDATES_AVAILABLE: "), "{webhook}");
    }

    #[test]
    fn filters_hold() {
        let reads = found("transfer", Some("transfer"), true).expect("a result");
        assert!(reads.lines().all(|line| line.contains("[reads]")), "{reads}");
        let all = found("", Some("auth"), false).expect("all operations of a product");
        assert!(all.contains("auth_get"), "{all}");
        let error = found("x", Some("nothing"), false).expect_err("there is no such product");
        assert!(error.contains("transactions"), "{error}");
        assert!(found(" ", None, false).is_err());
        assert!(found("qqqqqqqqzz", None, false).expect("a text").starts_with("Nothing was found"));
    }
}
