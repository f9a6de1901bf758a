//! The operations by method and path, as they are sent: nothing is decoded, nothing is normalized.

use std::collections::HashMap;

use plaid_catalog::Catalog;
use plaid_catalog::model::Operation;

/// Finds the operation of a request.
#[derive(Debug)]
pub struct Table {
    /// By method and path, those without parameters.
    exact: HashMap<(&'static str, &'static str), &'static Operation>,
    /// Those with parameters in their path.
    templates: Vec<&'static Operation>,
}

impl Table {
    /// The table of a catalog.
    pub fn new(catalog: &'static Catalog) -> Self {
        let operations = &catalog.api().operations;
        let (templates, exact): (Vec<_>, Vec<_>) =
            operations.iter().partition(|operation| operation.path.contains('{'));
        let exact = exact.into_iter().map(|one| ((one.method.as_str(), one.path.as_str()), one)).collect();
        Self { exact, templates }
    }

    /// The operation of a method and a raw path. A parameter is one segment that is not empty.
    pub fn find(&self, method: &str, path: &str) -> Option<&'static Operation> {
        let exact = self.exact.get(&(method, path)).copied();
        exact.or_else(|| self.templates.iter().copied().find(|one| one.method == method && fits(&one.path, path)))
    }
}

fn fits(template: &str, path: &str) -> bool {
    let mut given = path.split('/');
    let all = template.split('/').all(|wanted| {
        let is_parameter = wanted.starts_with('{') && wanted.ends_with('}');
        given.next().is_some_and(|one| if is_parameter { is_segment(one) } else { one == wanted })
    });
    all && given.next().is_none()
}

/// Whether a text is a segment that means itself: no escape that another server would decode, no step to another folder.
fn is_segment(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    !text.is_empty() && text != "." && text != ".." && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::Table;
    use plaid_catalog::Catalog;

    #[test]
    fn only_exact_paths_are_found() {
        let table = Table::new(Catalog::plaid());
        let id = |method: &str, path: &str| table.find(method, path).map(|one| one.id.as_str());
        for operation in &Catalog::plaid().api().operations {
            let path = operation.path.replace(['{', '}'], "");
            assert_eq!(id(&operation.method, &path), Some(operation.id.as_str()));
        }
        for path in
            ["//link/token/create", "/link/token/create/", "/link/../item/remove", "/link/token%2Fcreate", "", "/"]
        {
            assert_eq!(id("POST", path), None, "{path}");
        }
        assert_eq!(id("GET", "/link/token/create"), None);
        assert_eq!(id("GET", "/fdx/recipients/.."), None);
        assert_eq!(id("GET", "/fdx/recipients/a%2Fb"), None);
        assert_eq!(id("GET", "/fdx/recipients/a/b"), None);
    }
}
