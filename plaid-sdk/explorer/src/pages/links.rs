//! The addresses of everything that people read. Pages link by them, whether they are served or exported as files.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, TypeId};

use super::guides::{self, Guide};

/// What stays as it is in a segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What stays as it is in a fragment.
const FRAGMENT: &AsciiSet = &SEGMENT.remove(b'*');

/// An address of something to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Address<'a> {
    /// The first page.
    Start,
    /// All operations.
    Operations,
    /// An operation, by the name of its method in the SDK.
    Operation(&'a str),
    /// All products.
    Products,
    /// A product.
    Product(&'a str),
    /// All types.
    Types,
    /// A type.
    Type(&'a TypeId),
    /// All error codes.
    Errors,
    /// An error code.
    Error(&'a str),
    /// All webhooks.
    Webhooks,
    /// A webhook, by its type and code.
    Webhook(&'a str, &'a str),
    /// All guides.
    Guides,
    /// A guide.
    Guide(&'a str),
    /// The search.
    Search,
    /// A file for tools: `llms.txt`.
    File(&'a str),
}

/// How pages are linked.
#[derive(Clone, Debug)]
pub struct Links {
    /// The way to the first page: `/` on a server, `../` from an exported file in a folder.
    root: String,
    /// Whether pages are files, whose names have an ending.
    is_exported: bool,
}

impl Links {
    /// On a server.
    pub fn served() -> Self {
        Self { root: "/".to_owned(), is_exported: false }
    }

    /// Below another root than that of a server: `plaid://`.
    #[cfg(feature = "mcp")]
    pub fn below(root: &str) -> Self {
        Self { root: root.to_owned(), is_exported: false }
    }

    /// From an exported page.
    pub fn exported(from: &Address<'_>) -> Self {
        Self { root: "../".repeat(from.path().matches('/').count()), is_exported: true }
    }

    /// The way to the first page; empty if it is in the same folder.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// Whether pages are files.
    pub fn is_exported(&self) -> bool {
        self.is_exported
    }

    /// The link to a page.
    pub fn to(&self, address: &Address<'_>) -> String {
        let path = address.path();
        let ending = match address {
            Address::File(_) => "",
            _ if !self.is_exported => "",
            Address::Start => "index.html",
            _ => ".html",
        };
        // An exported page may be the one that links.
        match format!("{}{path}{ending}", self.root) {
            empty if empty.is_empty() => "index.html".to_owned(),
            link => link,
        }
    }

    /// The link to an anchor on a page.
    pub fn to_anchor(&self, address: &Address<'_>, anchor: &str) -> String {
        format!("{}#{}", self.to(address), fragment(anchor))
    }

    /// The link to a page as Markdown.
    pub fn to_markdown(&self, address: &Address<'_>) -> String {
        format!("{}{}", self.root, address.markdown_file())
    }

    /// The link to a file below the first page.
    pub fn below_root(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }
}

impl<'a> Address<'a> {
    /// The address of an operation.
    pub fn operation(catalog: &'a Catalog, operation: &'a Operation) -> Self {
        Self::Operation(method(catalog, operation))
    }

    /// The path below the first page, without an ending.
    pub fn path(&self) -> String {
        match self {
            Self::Start => String::new(),
            Self::Operations => "operations".to_owned(),
            Self::Operation(name) => format!("operations/{}", segment(name)),
            Self::Products => "products".to_owned(),
            Self::Product(name) => format!("products/{}", segment(name)),
            Self::Types => "types".to_owned(),
            Self::Type(id) => format!("types/{}", segment(&id.to_string())),
            Self::Errors => "errors".to_owned(),
            Self::Error(code) => format!("errors/{}", segment(code)),
            Self::Webhooks => "webhooks".to_owned(),
            Self::Webhook(kind, code) => format!("webhooks/{}/{}", segment(kind), segment(code)),
            Self::Guides => "guides".to_owned(),
            Self::Guide(name) => format!("guides/{}", segment(name)),
            Self::Search => "search".to_owned(),
            Self::File(name) => (*name).to_owned(),
        }
    }

    /// The file of a page as Markdown, below the first page.
    pub fn markdown_file(&self) -> String {
        match self {
            Self::Start => "index.md".to_owned(),
            Self::File(name) => (*name).to_owned(),
            _ => self.path() + ".md",
        }
    }
}

impl Address<'static> {
    /// All pages of an API.
    pub fn all(catalog: &'static Catalog) -> Vec<Self> {
        let api = catalog.api();
        let mut all = vec![
            Self::Start,
            Self::Operations,
            Self::Products,
            Self::Types,
            Self::Errors,
            Self::Webhooks,
            Self::Guides,
            Self::Search,
        ];
        all.extend(api.operations.iter().map(|operation| Self::operation(catalog, operation)));
        all.extend(catalog.products().map(|product| Self::Product(product.name)));
        all.extend(api.types.keys().map(Self::Type));
        all.extend(api.error_codes.iter().map(|code| Self::Error(&code.wire)));
        for webhook in &api.webhooks {
            let address = Self::Webhook(&webhook.kind, &webhook.code);
            if !all.contains(&address) {
                all.push(address);
            }
        }
        all.extend(guides::all().iter().map(|guide| Self::Guide(&guide.name)));
        all
    }
}

/// What the path of a request means.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A page.
    Page(Address<'static>),
    /// A page as Markdown.
    Markdown(Address<'static>),
    /// Another name of a page.
    Other(Address<'static>),
    /// Nothing.
    Missing,
}

/// Finds the page of a path, which begins with a slash.
pub fn find(catalog: &'static Catalog, path: &str) -> Found {
    let Some(path) = path.strip_prefix('/') else { return Found::Missing };
    if path == "index.md" {
        return Found::Markdown(Address::Start);
    }
    let segments: Option<Vec<String>> = path.split('/').map(decoded).collect();
    let segments = segments.unwrap_or_default();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    if let Some(address) = exact(catalog, &segments) {
        return Found::Page(address);
    }
    let Some((last, folders)) = segments.split_last() else { return Found::Missing };
    if let Some(name) = last.strip_suffix(".md") {
        let segments: Vec<&str> = folders.iter().copied().chain([name]).collect();
        return match exact(catalog, &segments) {
            Some(address) => Found::Markdown(address),
            None => other(catalog, folders, name),
        };
    }
    other(catalog, folders, last)
}

/// A page by another name of it.
fn other(catalog: &'static Catalog, folders: &[&str], last: &str) -> Found {
    match folders {
        ["operations"] => catalog
            .find_operation(last)
            .map_or(Found::Missing, |operation| Found::Other(Address::operation(catalog, operation))),
        ["errors"] => {
            let code = last.to_ascii_uppercase();
            catalog.error_code(&code).map_or(Found::Missing, |code| Found::Other(Address::Error(&code.wire)))
        }
        _ => Found::Missing,
    }
}

fn exact(catalog: &'static Catalog, segments: &[&str]) -> Option<Address<'static>> {
    Some(match segments {
        [""] => Address::Start,
        ["operations"] => Address::Operations,
        ["operations", name] => Address::operation(catalog, catalog.method(name)?),
        ["products"] => Address::Products,
        ["products", name] => Address::Product(catalog.product(name)?.name),
        ["types"] => Address::Types,
        ["types", id] => Address::Type(&catalog.type_named(id)?.id),
        ["errors"] => Address::Errors,
        ["errors", code] => Address::Error(&catalog.error_code(code)?.wire),
        ["webhooks"] => Address::Webhooks,
        ["webhooks", kind, code] => {
            let webhook = catalog.webhooks(kind, code).into_iter().next()?;
            Address::Webhook(&webhook.kind, &webhook.code)
        }
        ["guides"] => Address::Guides,
        ["guides", name] => Address::Guide(guide(name)?),
        ["search"] => Address::Search,
        _ => return None,
    })
}

fn guide(name: &str) -> Option<&'static str> {
    guides::named(name).map(|Guide { name, .. }| name.as_str())
}

/// The name of an operation's method in the SDK, which is its name in addresses.
pub fn method<'a>(catalog: &'a Catalog, operation: &'a Operation) -> &'a str {
    catalog.layout().operations.get(&operation.id).map_or(operation.id.as_str(), |layout| layout.name.as_str())
}

/// The path of a property as an anchor: lists have no mark there.
pub fn anchor(path: &str) -> String {
    path.replace("[]", "")
}

/// A text as a segment of a path.
fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// A text as a fragment.
fn fragment(text: &str) -> String {
    utf8_percent_encode(text, FRAGMENT).to_string()
}

fn decoded(segment: &str) -> Option<String> {
    percent_decode_str(segment).decode_utf8().ok().map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::{Address, Found, Links, find};
    use plaid_catalog::Catalog;

    #[test]
    fn every_address_is_found_by_its_path() {
        let catalog = Catalog::plaid();
        let all = Address::all(catalog);
        assert!(all.len() > 329 + 171 + 2000, "{}", all.len());
        for address in &all {
            let path = Links::served().to(address);
            assert_eq!(find(catalog, &path), Found::Page(*address), "{path}");
            let markdown = Links::served().to_markdown(address);
            assert_eq!(find(catalog, &markdown), Found::Markdown(*address), "{markdown}");
        }
    }

    #[test]
    fn other_names_of_an_operation_lead_to_its_page() {
        let catalog = Catalog::plaid();
        for name in ["linkTokenCreate", "%2Flink%2Ftoken%2Fcreate", "POST%20%2Flink%2Ftoken%2Fcreate"] {
            let found = find(catalog, &format!("/operations/{name}"));
            assert_eq!(found, Found::Other(Address::Operation("link_token_create")), "{name}");
        }
        for path in ["/operations/nothing", "/operations/", "/link/token/create", "/types/%ff", "", "//", "/products/."]
        {
            assert_eq!(find(catalog, path), Found::Missing, "{path}");
        }
    }

    #[test]
    fn exported_links_are_relative() {
        let from = Address::Webhook("ITEM", "ERROR");
        let links = Links::exported(&from);
        assert_eq!(links.to(&Address::Operation("item_get")), "../../operations/item_get.html");
        assert_eq!(links.to(&Address::Start), "../../index.html");
        assert_eq!(links.to_markdown(&Address::Start), "../../index.md");
        assert_eq!(links.to(&Address::File("llms.txt")), "../../llms.txt");
        assert_eq!(Links::exported(&Address::Start).to(&Address::Start), "index.html");
        let served = Links::served();
        assert_eq!(served.to_anchor(&Address::Operation("a"), "response.items.*"), "/operations/a#response.items.*");
    }
}
