//! What to call after an error.

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Sample};

use crate::memory::history::Sent;
use crate::sequence;

/// How many operations are named.
const MOST: usize = 3;

/// The operation that starts Link.
const LINK: &str = "linkTokenCreate";

/// A call that may help.
#[derive(Debug)]
pub struct Help {
    /// What to call.
    pub operation: &'static Operation,
    /// Why.
    pub reason: &'static str,
    /// Whether it is the same request once more.
    pub is_again: bool,
}

/// The calls that help after an error of an operation, the best one first. None if the request or the setup has to change.
pub fn after(catalog: &'static Catalog, operation: &'static Operation, code: &str) -> Vec<Help> {
    let again = |reason| vec![Help { operation, reason, is_again: true }];
    let link = |reason| {
        let link = catalog.operation(LINK).map(|operation| Help { operation, reason, is_again: false });
        link.into_iter().collect::<Vec<_>>()
    };
    match recovery(catalog, code) {
        Some("UpdateMode") => link("Update mode: Link opens for this Item, and its token stays the same"),
        Some("WaitForData") => again("The same request, when the data is there"),
        Some("TryAgain" | "TryLater") => again("The same request once more"),
        Some("StartOver") => {
            let makers = sequence::before(catalog, operation).into_iter().take(MOST);
            let makers: Vec<Help> = makers
                .map(|(operation, _)| Help { operation, reason: "It makes a new token or object", is_again: false })
                .collect();
            if makers.is_empty() { link("It makes a new token") } else { makers }
        }
        _ => Vec::new(),
    }
}

/// Turns a request for a Link token that follows an error into one for update mode: with the Item's token, and without what only new
/// Items have.
pub fn update_mode(catalog: &Catalog, operation: &Operation, before: &Sent, body: &mut Sample) {
    let is_asked =
        operation.id == LINK && before.error.as_deref().and_then(|code| recovery(catalog, code)) == Some("UpdateMode");
    let token = before.used.iter().find(|one| one.name == "access_token");
    let (true, Some(token), Sample::Object(all)) = (is_asked, token, body) else { return };
    all.retain(|(name, _)| !["products", "user_id", "access_token"].contains(&name.as_str()));
    all.push(("access_token".to_owned(), Sample::Text(token.value.clone())));
}

fn recovery<'a>(catalog: &'a Catalog, code: &str) -> Option<&'a str> {
    catalog.error_code(code).map(|known| known.recovery.as_str())
}
