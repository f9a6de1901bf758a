//! The operation that a request calls.

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, ResponseBody, Type};

/// The operation of a method and a path, and the path below the base URL, which may have a path itself. Of several, the one
/// with the longest path is called.
pub fn find<'p>(method: &str, path: &'p str) -> Option<(&'static Operation, &'p str)> {
    let operations = Catalog::plaid().api().operations.iter().filter(|operation| operation.method == method);
    let found = operations.filter_map(|operation| Some((operation, below(&operation.path, path)?)));
    found.max_by_key(|(_, below)| below.len())
}

/// The end of the path that fits the template. A parameter is one segment.
fn below<'p>(template: &str, path: &'p str) -> Option<&'p str> {
    let wanted: Vec<&str> = template.split('/').collect();
    let given: Vec<&str> = path.split('/').collect();
    let start = given.len().checked_sub(wanted.len())?;
    let fits =
        wanted.iter().zip(given.iter().skip(start)).skip(1).all(|(wanted, given)| match wanted.starts_with('{') {
            true => !given.is_empty(),
            false => wanted == given,
        });
    let before: usize = given.iter().take(start + 1).map(|segment| segment.len() + 1).sum();
    if fits { path.get(before.checked_sub(1)?..) } else { None }
}

/// The type of a request's body.
pub fn request_type(operation: &Operation) -> Option<&Type> {
    operation.body.as_ref().map(|body| &body.ty)
}

/// The type of a JSON response.
pub fn response_type(operation: &Operation) -> Option<&Type> {
    match &operation.response.body {
        ResponseBody::Json(ty) => Some(ty),
        ResponseBody::Binary(_) | ResponseBody::Empty => None,
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn operations_are_found_below_any_base_url() {
        let found = |method, path| find(method, path).map(|(operation, below)| (operation.id.as_str(), below));
        assert_eq!(found("POST", "/accounts/get"), Some(("accountsGet", "/accounts/get")));
        assert_eq!(
            found("POST", "/-/emulator/accounts/balance/get"),
            Some(("accountsBalanceGet", "/accounts/balance/get"))
        );
        assert_eq!(found("POST", "/x/processor/auth/get"), Some(("processorAuthGet", "/processor/auth/get")));
        assert_eq!(found("GET", "/a/fdx/consents/c-1"), Some(("fdxConsentGet", "/fdx/consents/c-1")));
        assert_eq!(found("GET", "/accounts/get"), None);
        assert_eq!(found("POST", "/accounts"), None);
    }
}
