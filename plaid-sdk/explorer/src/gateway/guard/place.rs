//! Where a request goes, and which of the layers are for it.

use axum::http::Method;

use crate::gateway::limits::Limits;

/// What a path belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page for people. Links from elsewhere lead to it.
    Page,
    /// Data, tools, and the paths of Plaid.
    Data,
    /// A style sheet or a script of a page.
    Asset,
    /// Where a person enters the token.
    Login,
    /// Where webhooks arrive. What counts there is their signature.
    Webhook,
    /// The emulator's inspector: pages with forms.
    Inspector,
    /// The emulator's pages of Link. An application shows them in a frame or sends a person there; the Link token in their
    /// address is what admits to them.
    Link,
    /// The script of Link, which pages of applications load.
    LinkScript,
    /// What else the emulator has: its controls and its API.
    Emulator,
}

/// The path of the one operation that takes a file, and of the form's call of it.
const UPLOADS: [&str; 2] = ["/transfer/diligence/document/upload", "/-/call/transferDiligenceDocumentUpload"];

/// The beginnings of Plaid's paths that are read by GET, so that they can't be told from pages by their method.
const READ: [&str; 1] = ["/fdx/"];

impl Place {
    /// The place of a method and a raw path.
    pub fn of(method: &Method, path: &str) -> Self {
        let reads = matches!(*method, Method::GET | Method::HEAD);
        if let Some(rest) = path.strip_prefix("/-/emulator") {
            return Self::of_emulator(reads, rest);
        }
        match path {
            "/-/webhook" if *method == Method::POST => Self::Webhook,
            "/-/login" | "/-/login/style.css" => Self::Login,
            _ if path.starts_with("/-/assets/") && reads => Self::Asset,
            _ if path == "/mcp" || path.starts_with("/-/") => Self::Data,
            _ if !reads || READ.iter().any(|start| path.starts_with(start)) => Self::Data,
            _ => Self::Page,
        }
    }

    fn of_emulator(reads: bool, path: &str) -> Self {
        match path {
            "/link/v2/stable/link-initialize.js" if reads => Self::LinkScript,
            "/_plaid/style.css" | "/_plaid/relay.js" if reads => Self::Asset,
            "" | "/" if reads => Self::Inspector,
            _ if path.starts_with("/_plaid/link/page/") => Self::Link,
            _ if path.starts_with("/_plaid/inspect/") => Self::Inspector,
            _ => Self::Emulator,
        }
    }

    /// Whether requests of any origin are taken.
    pub fn is_for_everybody(self) -> bool {
        matches!(self, Self::Webhook | Self::LinkScript)
    }

    /// Whether a link from a page of another site may lead there.
    pub fn is_linked(self) -> bool {
        matches!(self, Self::Page | Self::Login | Self::Inspector | Self::Link)
    }

    /// Whether a page of another site may show it in a frame.
    pub fn is_framed(self) -> bool {
        self == Self::Link
    }

    /// Whether it has forms that browsers send without a script.
    pub fn has_forms(self) -> bool {
        matches!(self, Self::Login | Self::Inspector | Self::Link)
    }

    /// Whether it is open to those who don't know the token.
    pub fn needs_no_token(self) -> bool {
        matches!(self, Self::Asset | Self::Login | Self::Webhook | Self::Link | Self::LinkScript)
    }

    /// The largest body, for a path.
    pub fn largest_body(self, path: &str, limits: &Limits) -> usize {
        match self {
            Self::Emulator => limits.upload,
            _ if UPLOADS.contains(&path) => limits.upload,
            _ => limits.body,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;
    use axum::http::Method;
    use plaid_catalog::Catalog;

    #[test]
    fn paths_of_plaid_are_data() {
        for operation in &Catalog::plaid().api().operations {
            let method: Method = operation.method.parse().expect("a method");
            assert_eq!(Place::of(&method, &operation.path), Place::Data, "{}", operation.path);
        }
    }

    #[test]
    fn only_known_places_are_open() {
        let get = |path: &str| Place::of(&Method::GET, path);
        let post = |path: &str| Place::of(&Method::POST, path);
        assert_eq!(get("/operations/item_get"), Place::Page);
        assert_eq!(post("/operations/item_get"), Place::Data);
        assert_eq!(get("/-/search"), Place::Data);
        assert_eq!(get("/-/webhook"), Place::Data);
        assert_eq!(post("/-/webhook"), Place::Webhook);
        assert_eq!(post("/-/webhook/"), Place::Data);
        assert_eq!(get("/-/emulator"), Place::Inspector);
        assert_eq!(post("/-/emulator"), Place::Emulator);
        assert_eq!(get("/-/emulator/_plaid/webhooks"), Place::Emulator);
        assert_eq!(post("/-/emulator/_plaid/link/complete"), Place::Emulator);
        assert_eq!(post("/-/emulator/_plaid/link/page/t/session/s/login"), Place::Link);
        assert_eq!(get("/-/emulators"), Place::Emulator);
        assert_eq!(get("/-/assets"), Place::Data);
        assert_eq!(get("/mcp"), Place::Data);
    }
}
