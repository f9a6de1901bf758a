//! The files that pages load: styles and ES modules. They are embedded, and their address changes with their content, so browsers
//! may keep them for ever.

mod bundle;

use std::sync::OnceLock;

use aws_lc_rs::digest::{Context, SHA256};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, body::Bytes};
use flate2::Compression;

use crate::pages::{gzip, takes_gzip};

/// A file.
struct Asset {
    name: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
    /// The file as it is served.
    served: OnceLock<Vec<u8>>,
    /// The file as gzip, made when it is first asked for.
    packed: OnceLock<Option<Vec<u8>>>,
}

macro_rules! assets {
    ($($name:literal $kind:literal),* $(,)?) => {
        [$(Asset {
            name: $name,
            content_type: $kind,
            bytes: include_bytes!(concat!("assets/", $name)),
            served: OnceLock::new(),
            packed: OnceLock::new(),
        }),*]
    };
}

static ASSETS: [Asset; 23] = assets![
    "explorer.css" "text/css; charset=utf-8",
    "form.css" "text/css; charset=utf-8",
    "explorer.js" "text/javascript; charset=utf-8",
    "form.js" "text/javascript; charset=utf-8",
    "choose.js" "text/javascript; charset=utf-8",
    "dom.js" "text/javascript; charset=utf-8",
    "edit.js" "text/javascript; charset=utf-8",
    "fields.js" "text/javascript; charset=utf-8",
    "inbox.js" "text/javascript; charset=utf-8",
    "json.js" "text/javascript; charset=utf-8",
    "link.js" "text/javascript; charset=utf-8",
    "menu.js" "text/javascript; charset=utf-8",
    "preview.js" "text/javascript; charset=utf-8",
    "request.js" "text/javascript; charset=utf-8",
    "response.js" "text/javascript; charset=utf-8",
    "send.js" "text/javascript; charset=utf-8",
    "shelf.js" "text/javascript; charset=utf-8",
    "values.js" "text/javascript; charset=utf-8",
    "icon.svg" "image/svg+xml",
    "ranking.js" "text/javascript; charset=utf-8",
    "search.js" "text/javascript; charset=utf-8",
    "theme.js" "text/javascript; charset=utf-8",
    "tree.js" "text/javascript; charset=utf-8",
];

/// The scripts that are served with all that they import.
const BUNDLES: [&str; 2] = ["form.js", "inbox.js"];

impl Asset {
    /// The file as it is served: a script without comments, and one of a form with its modules.
    fn served(&self) -> &[u8] {
        self.served.get_or_init(|| {
            let text = match std::str::from_utf8(self.bytes) {
                Ok(text) if self.name.ends_with(".js") => text,
                _ => return self.bytes.to_vec(),
            };
            let bundled =
                if BUNDLES.contains(&self.name) { bundle::bundle(self.name, &source) } else { Ok(bundle::lean(text)) };
            // Modules that can't be put together, which a test finds, load each other.
            bundled.unwrap_or_else(|_| text.to_owned()).into_bytes()
        })
    }
}

/// The text of a file.
fn source(name: &str) -> Option<&'static str> {
    let asset = ASSETS.iter().find(|asset| asset.name == name)?;
    std::str::from_utf8(asset.bytes).ok()
}

/// The address of a file.
pub fn address(name: &str) -> String {
    format!("/-/assets/{}/{name}", version())
}

/// The routes of the files.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/-/assets/{version}/{name}", get(asset))
}

/// A digest of all files. Modules import each other by their names, so all have the address of one version.
fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let mut context = Context::new(&SHA256);
        for asset in &ASSETS {
            context.update(asset.name.as_bytes());
            context.update(asset.bytes);
        }
        context.finish().as_ref().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    })
}

/// The name of the file at an address.
pub fn name(address: &str) -> Option<&str> {
    address.strip_prefix("/-/assets/")?.split_once('/').map(|(_, name)| name)
}

/// All files, with their names.
pub fn all() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    ASSETS.iter().map(|asset| (asset.name, asset.served()))
}

async fn asset(Path((wanted, name)): Path<(String, String)>, asked: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name && wanted == version()) else {
        return (StatusCode::NOT_FOUND, "There is no such file. Reload the page.").into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    let packed = asset.packed.get_or_init(|| gzip(asset.served(), Compression::best()));
    match packed {
        Some(packed) if takes_gzip(&asked) => {
            (headers, [(header::CONTENT_ENCODING, "gzip")], Bytes::from_static(packed)).into_response()
        }
        _ => (headers, Bytes::from_static(asset.served())).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::{ASSETS, BUNDLES, bundle, gzip, source};
    use flate2::Compression;

    #[test]
    fn scripts_and_styles_are_small() {
        let packed = |name: &str| {
            let asset = ASSETS.iter().find(|asset| asset.name == name).expect("a file");
            gzip(asset.served(), Compression::best()).expect("gzip").len()
        };
        // What the page of an operation loads. The ranking is for exported pages, which have no server that ranks.
        let scripts: usize = ["explorer.js", "form.js", "search.js", "theme.js", "tree.js"].map(packed).iter().sum();
        assert!(scripts <= 25_000, "{scripts}");
        assert!(packed("form.js") <= 20_000);
        let styles = packed("explorer.css") + packed("form.css");
        assert!(styles <= 8_500, "{styles}");
    }

    #[test]
    fn modules_can_be_put_together() {
        for name in BUNDLES {
            if let Err(error) = bundle::bundle(name, &source) {
                panic!("{error}");
            }
        }
        // A text over several lines would lose its indentation.
        for asset in ASSETS.iter().filter(|asset| asset.name.ends_with(".js")) {
            for line in
                source(asset.name).expect("a text").lines().filter(|line| !line.trim_start().starts_with(['/', '*']))
            {
                assert_eq!(line.matches('`').count() % 2, 0, "{}: {line}", asset.name);
            }
        }
    }
}
