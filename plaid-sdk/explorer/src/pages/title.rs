//! Short names for people.

use plaid_catalog::Product;
use plaid_catalog::model::Operation;

use super::prose;

/// The title of an operation: what it does, as an instruction (`Create a Link token`).
pub fn operation(operation: &Operation) -> String {
    let summary = operation.docs.summary.as_ref().map(prose::plain).unwrap_or_default();
    imperative(&summary).unwrap_or_else(|| words(operation.path.trim_start_matches('/')))
}

/// Whether the title of an operation leaves out a part of its summary.
pub fn is_cut(operation: &Operation) -> bool {
    let summary = operation.docs.summary.as_ref().map(prose::plain).unwrap_or_default();
    let own = self::operation(operation);
    // The first word loses one or two letters.
    summary.trim_end_matches('.').len() > own.len() + 2
}

/// The title of a product: `Asset report`.
pub fn product(product: &Product<'_>) -> String {
    self::module(product.name)
}

/// The title of a module of the SDK.
pub fn module(name: &str) -> String {
    match name {
        "cra" => "Plaid Check (CRA)".to_owned(),
        "fdx" => "FDX".to_owned(),
        "oauth" => "OAuth".to_owned(),
        "ewa_report" => "EWA report".to_owned(),
        "watchlist_screening" => "Monitor (screening)".to_owned(),
        "credit" => "Income and employment".to_owned(),
        "income" => "Income (older)".to_owned(),
        "bank_transfer" => "Bank transfer (older)".to_owned(),
        "item" => "Items".to_owned(),
        "user" => "Users".to_owned(),
        other => words(other),
    }
}

/// A name as words, the first with a capital: `asset_report/get` is `Asset report get`.
fn words(name: &str) -> String {
    let text = name.replace(['_', '/'], " ");
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// Words with which a further clause begins after a comma.
const CLAUSE: [&str; 20] = [
    "with", "as", "for", "so", "once", "in", "from", "which", "who", "whom", "to", "by", "on", "if", "when", "since",
    "through", "page", "at", "without",
];

/// The first part of a sentence that says what something does, as an instruction.
fn imperative(sentence: &str) -> Option<String> {
    let end = sentence.match_indices([',', ':', ';', '(']).find(|(at, mark)| {
        let rest = sentence.get(at + mark.len()..).unwrap_or_default();
        // A comma is also between the words of a list.
        *mark != "," || rest.split_whitespace().next().is_some_and(|word| CLAUSE.contains(&word))
    });
    let end = end.map_or(sentence.len(), |(at, _)| at);
    let part = sentence.get(..end)?.trim().trim_end_matches('.');
    let (verb, rest) = part.split_once(' ')?;
    let stem = ["shes", "ches", "sses", "xes"].iter().any(|end| verb.ends_with(end));
    let verb = if stem { verb.strip_suffix("es") } else { verb.strip_suffix('s') }?;
    Some(format!("{verb} {rest}"))
}

#[cfg(test)]
mod tests {
    use super::{imperative, operation};
    use plaid_catalog::Catalog;

    #[test]
    fn sentences_become_instructions() {
        let title = |text: &str| imperative(text).unwrap_or_default();
        assert_eq!(title("Creates a Link token, with which your app opens Link."), "Create a Link token");
        assert_eq!(title("Refreshes a report."), "Refresh a report");
        assert_eq!(
            title("Returns an Item's products, error and updates."),
            "Return an Item's products, error and updates"
        );
        assert_eq!(title("Searches institutions (deprecated)."), "Search institutions");
        assert_eq!(title("Erases it: all of it."), "Erase it");
        assert_eq!(imperative("No longer works: it used to refresh."), None);
        assert_eq!(imperative(""), None);
    }

    #[test]
    fn every_operation_has_a_short_title() {
        for one in &Catalog::plaid().api().operations {
            let title = operation(one);
            assert!((6..=90).contains(&title.len()), "{}: {title:?}", one.id);
            assert!(title.starts_with(char::is_uppercase) && !title.ends_with('.'), "{}: {title:?}", one.id);
        }
    }
}
