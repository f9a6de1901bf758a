//! The search: a page that works without scripts, and results as JSON for the dialog.

use plaid_catalog::Catalog;
use plaid_catalog::model::Operation;
use plaid_catalog::tools::search::{Entry, Hit, Item as Found, Place, Side};
use serde_json::{Value, json};

use super::document::{Block, Document, Item};
use super::inline::Inline;
use super::items;
use super::links::{self, Address, anchor};
use super::view::View;

/// How many results a page has.
const ON_PAGE: usize = 40;

/// How many results the dialog gets.
const IN_DIALOG: usize = 14;

/// How many places of a property the exported index contains at most.
const EXPORTED_PLACES: usize = 4;

/// The longest query that is looked for, in bytes.
const LONGEST: usize = 200;

/// The kinds of results, with the anchors of their groups.
const GROUPS: [(&str, &str); 4] = [
    ("operations", "Operations"),
    ("properties", "Properties"),
    ("webhooks", "Webhooks"),
    ("error-codes", "Error codes"),
];

/// The page with what a query finds.
pub fn document(view: &View, query: &str) -> Document<'static> {
    let query = cut(query);
    let title = if query.trim().is_empty() { "Search".to_owned() } else { format!("Search: {}", query.trim()) };
    let mut document = Document::new(Address::Search, title);
    let hits = view.catalog.search(query, ON_PAGE);
    let text = match hits.len() {
        0 if view.links.is_exported() => {
            "The search of exported pages is a dialog: press / to open it. It needs scripts, and a web server for the files."
                .to_owned()
        }
        0 if query.trim().is_empty() => {
            "Operations, paths, properties (also user.phone_number), webhooks and error codes are found by name and by \
             what they do."
                .to_owned()
        }
        0 => "Nothing was found. Try fewer words, or the name of a property.".to_owned(),
        1 => "1 result.".to_owned(),
        ON_PAGE => format!("The best {ON_PAGE} results."),
        count => format!("{count} results."),
    };
    document.blocks.push(Block::Lead(Inline::text(text)));
    // The group of the best result comes first.
    let mut order: Vec<usize> = Vec::new();
    for index in hits.iter().map(|hit| group(hit.entry)) {
        if !order.contains(&index) {
            order.push(index);
        }
    }
    for index in order {
        let Some((id, title)) = GROUPS.get(index) else { continue };
        let items = hits.iter().filter(|hit| group(hit.entry) == index).filter_map(|hit| item(view, hit)).collect();
        document.blocks.push(Block::Section { id, title: (*title).to_owned(), blocks: vec![Block::Items(items)] });
    }
    document
}

/// What a query finds, as JSON: entries as in the exported index, the best first.
pub fn json(catalog: &'static Catalog, query: &str) -> Value {
    let hits: Vec<Value> = catalog.search(cut(query), IN_DIALOG).iter().map(|hit| entry(catalog, hit)).collect();
    json!({ "hits": hits })
}

/// The index for pages that search in the browser, with the names of operations that don't follow from their ids, and the types
/// that have each property.
///
/// # Errors
/// None for an index that was built: serde's signature has one.
pub fn index(catalog: &'static Catalog) -> Result<String, serde_json::Error> {
    let all = catalog.api().operations.iter().map(|one| (one.id.as_str(), links::method(catalog, one)));
    let names: serde_json::Map<String, Value> =
        all.filter(|(id, name)| snake(id) != **name).map(|(id, name)| (id.to_owned(), name.into())).collect();
    let properties = catalog.search_index().entries().iter().filter_map(|entry| match &entry.item {
        Found::Property { name, places } => Some((name, places)),
        _ => None,
    });
    // The types of the places that the index contains, so that `Account.mask` is found.
    let owners: serde_json::Map<String, Value> = properties
        .map(|(name, places)| {
            let owners: Vec<&str> = places.iter().take(EXPORTED_PLACES).map(|place| place.owner.as_str()).collect();
            (name.clone(), owners.into())
        })
        .collect();
    let (names, owners) = (Value::Object(names), Value::Object(owners));
    // The index is JSON already.
    Ok(format!("{{\"names\":{names},\"owners\":{owners},\"index\":{}}}", catalog.search_index().to_json()?))
}

/// An id in snake case, as the script of the search makes it.
fn snake(id: &str) -> String {
    let mut name = String::new();
    for letter in id.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn cut(query: &str) -> &str {
    let mut end = query.len().min(LONGEST);
    while !query.is_char_boundary(end) {
        end -= 1;
    }
    query.get(..end).unwrap_or_default()
}

fn group(entry: &Entry) -> usize {
    match entry.item {
        Found::Operation { .. } => 0,
        Found::Property { .. } => 1,
        Found::Webhook { .. } => 2,
        Found::ErrorCode(_) => 3,
    }
}

fn entry(catalog: &'static Catalog, hit: &Hit<'_>) -> Value {
    let about = &hit.entry.about;
    match &hit.entry.item {
        Found::Operation { id, method, path } => {
            let operation = catalog.operation(id);
            let name = operation.map_or(id.as_str(), |one| links::method(catalog, one));
            json!({ "operation": { "id": id, "method": method, "path": path, "name": name }, "about": about })
        }
        Found::Property { name, places } => {
            let shown: Vec<String> = hit.place.into_iter().chain(places.first()).take(1).map(place).collect();
            let names: Vec<&str> = hit
                .place
                .into_iter()
                .chain(places.first())
                .take(1)
                .map(|place| catalog.operation(&place.of).map_or("", |one| links::method(catalog, one)))
                .collect();
            json!({
                "property": { "name": name, "places": shown, "names": names, "count": places.len() },
                "about": about,
            })
        }
        Found::Webhook { kind, code } => json!({ "webhook": { "kind": kind, "code": code }, "about": about }),
        Found::ErrorCode(code) => json!({ "error_code": { "code": code }, "about": about }),
    }
}

/// A place as in the exported index.
fn place(place: &Place) -> String {
    let sign = if place.side == Side::Request { '<' } else { '>' };
    format!("{} {sign} {}", place.of, place.path)
}

fn item(view: &View, hit: &Hit<'static>) -> Option<Item<'static>> {
    let catalog = view.catalog;
    let about = Inline::text(&hit.entry.about);
    Some(match &hit.entry.item {
        Found::Operation { id, .. } => {
            let one = catalog.operation(id)?;
            items::operation(view, one)
        }
        Found::Property { name, places } => {
            let place = hit.place.or(places.first())?;
            let more = match places.len() {
                0 | 1 => String::new(),
                count => format!(", and {} more places", count - 1),
            };
            let (to, of) = at(view, place)?;
            let item = Item::new(name.clone(), to.0, about).code().note(format!("{} of {of}{more}", place.path));
            Item { to: Some(to), ..item }
        }
        Found::Webhook { kind, code } => {
            Item::new(format!("{kind}: {code}"), Address::Webhook(kind, code), about).code()
        }
        Found::ErrorCode(code) => Item::new(code.clone(), Address::Error(code), about).code(),
    })
}

/// The page and the anchor of a place, and what it is a place of.
fn at(view: &View, place: &'static Place) -> Option<((Address<'static>, Option<String>), String)> {
    let path = anchor(&place.path);
    if place.side == Side::Webhook {
        let (kind, code) = place.of.split_once(": ")?;
        return Some(((Address::Webhook(kind, code), Some(path)), place.of.clone()));
    }
    let operation: &'static Operation = view.catalog.operation(&place.of)?;
    let path = if place.side == Side::Request { path } else { format!("response.{path}") };
    Some(((Address::operation(view.catalog, operation), Some(path)), operation.path.clone()))
}

#[cfg(test)]
mod tests {
    use super::{cut, document, index, json};
    use crate::pages::links::Links;
    use crate::pages::markdown;
    use crate::pages::view::View;
    use plaid_catalog::Catalog;

    fn view() -> View {
        View { catalog: Catalog::plaid(), links: Links::served(), environment: None }
    }

    #[test]
    fn the_page_lists_results_in_groups_the_best_first() {
        let text = markdown::page(&view(), &document(&view(), "user.phone_number"));
        assert!(text.starts_with("# Search: user.phone_number\n"), "{text}");
        let first = text.lines().find(|line| line.starts_with("- ")).unwrap_or_default();
        assert!(first.contains("`phone_number`") && first.contains("/operations/link_token_create.md"), "{first}");
        let text = markdown::page(&view(), &document(&view(), "qqqqqq"));
        assert!(text.contains("Nothing was found."), "{text}");
    }

    #[test]
    fn results_for_the_dialog_have_what_their_links_need() {
        let hits = json(Catalog::plaid(), "/payment_initiation/payment/token/create");
        let first = &hits["hits"][0]["operation"];
        assert_eq!(first["name"], "payment_initiation_payment_token_create", "{hits}");
        let hits = json(Catalog::plaid(), "user.phone_number");
        assert_eq!(hits["hits"][0]["property"]["places"][0], "linkTokenCreate < user.phone_number");
        assert_eq!(hits["hits"][0]["property"]["names"][0], "link_token_create");
        assert_eq!(json(Catalog::plaid(), "")["hits"], serde_json::json!([]));
    }

    #[test]
    fn the_index_names_operations_whose_name_does_not_follow_from_their_id() {
        let index = index(Catalog::plaid()).expect("an index");
        assert!(index.contains(r#""getRecipient":"fdx_recipient_get""#));
        assert!(!index.contains(r#""itemGet":"item_get""#));
        assert!(serde_json::from_str::<serde_json::Value>(&index).is_ok());
    }

    #[test]
    fn long_queries_are_cut_at_a_letter() {
        assert_eq!(cut(&"ä".repeat(1000)).len(), 200);
        assert_eq!(cut(&format!("a{}", "ä".repeat(1000))).len(), 199);
    }
}
