//! The page of an error code, and the list of all.

use plaid_catalog::model::ErrorCode;

use super::document::{Block, Document, Item};
use super::inline::{Inline, Piece};
use super::items;
use super::links::Address;
use super::view::View;

/// The page of an error code.
pub fn document(view: &View, code: &'static ErrorCode) -> Document<'static> {
    let mut document = Document::new(Address::Error(&code.wire), code.wire.clone());
    document.is_code = true;
    document.crumbs = vec![("Error codes".to_owned(), Address::Errors)];
    let mut types = Inline::default();
    for (index, name) in code.types.iter().enumerate() {
        types = if index > 0 { types.and_text(", ") } else { types };
        types = types.and(Piece::Code(name.clone()));
    }
    document.blocks = vec![
        Block::Lead(Inline::text(&code.advice)),
        Block::Facts(vec![
            ("Error type", types),
            ("What helps", Inline::text(recovery(&code.recovery))),
            ("Retry", Inline::text(retry(&code.retry))),
            (
                "In Rust",
                Inline(vec![
                    Piece::Code(format!("Recovery::{}", code.recovery)),
                    Piece::Text(", ".to_owned()),
                    Piece::Code(format!("Retry::{}", code.retry)),
                ]),
            ),
        ]),
    ];
    let operations: Vec<Item<'static>> = view
        .catalog
        .api()
        .operations
        .iter()
        .filter(|one| view.catalog.error_codes_of(one).iter().any(|known| known.wire == code.wire))
        .map(|one| items::operation(view, one))
        .collect();
    if !operations.is_empty() {
        let title = "Operations whose docs name it".to_owned();
        document.blocks.push(Block::Section { id: "operations", title, blocks: vec![Block::Items(operations)] });
    }
    let others = view
        .catalog
        .api()
        .error_codes
        .iter()
        .filter(|other| other.wire != code.wire && other.types.iter().any(|name| code.types.contains(name)));
    let others: Vec<Item<'static>> = others.map(items::error).collect();
    if !others.is_empty() {
        let title = "Other codes of the same type".to_owned();
        document.blocks.push(Block::Section { id: "others", title, blocks: vec![Block::Items(others)] });
    }
    document
}

/// All error codes, by their types.
pub fn index(view: &View) -> Document<'static> {
    let mut document = Document::new(Address::Errors, "Error codes");
    let codes = &view.catalog.api().error_codes;
    let lead = format!("All {} error codes. Decide by the code, never by the message, which may change.", codes.len());
    document.blocks.push(Block::Lead(Inline::text(lead)));
    let mut types: Vec<&'static str> = codes.iter().flat_map(|code| code.types.iter().map(String::as_str)).collect();
    types.sort_unstable();
    types.dedup();
    for name in types {
        // A code with several types is listed with the first.
        let mut all: Vec<&'static ErrorCode> =
            codes.iter().filter(|code| code.types.first().is_some_and(|first| first == name)).collect();
        all.sort_by(|a, b| a.wire.cmp(&b.wire));
        if !all.is_empty() {
            let items = all.into_iter().map(|code| Item { note: None, ..items::error(code) }).collect();
            document.blocks.push(Block::Section {
                id: name,
                title: name.to_owned(),
                blocks: vec![Block::Items(items)],
            });
        }
    }
    document
}

/// How to recover, in words. The names are those of the SDK's `Recovery`.
fn recovery(name: &str) -> &str {
    match name {
        "ChangeRequest" => "Change the request: it can't succeed as it is.",
        "AskUser" => "Ask the user, who has to do something.",
        "ChangeSetup" => "Change your setup in Plaid's dashboard, or ask Plaid.",
        "StartOver" => "Start over with a new token or object.",
        "TryAgain" => "Send the same request again.",
        "TryLater" => "Send the same request later.",
        "UpdateMode" => "Send the user through Link's update mode.",
        "WaitForData" => "Wait until Plaid has the data; a webhook says when.",
        "Restart" => "Restart the sequence of calls from its beginning.",
        "GiveUp" => "Nothing helps. Offer the user another way.",
        other => other,
    }
}

/// When to retry, in words. The names are those of the SDK's `Retry`.
fn retry(name: &str) -> &str {
    match name {
        "Never" => "Never as it is.",
        "AfterWindow" => "After the window of the rate limit.",
        "Later" => "Later, in minutes or hours.",
        "Soon" => "Soon, with backoff.",
        "WhenReady" => "When the data is ready.",
        "AfterMaintenance" => "After the maintenance.",
        "WithNewKey" => "With a new idempotency key.",
        "Restart" => "From the beginning of the sequence.",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{recovery, retry};
    use plaid_catalog::Catalog;

    #[test]
    fn every_way_to_recover_is_said_in_words() {
        for code in &Catalog::plaid().api().error_codes {
            assert!(recovery(&code.recovery).ends_with('.'), "{}", code.recovery);
            assert!(retry(&code.retry).ends_with('.'), "{}", code.retry);
        }
    }
}
