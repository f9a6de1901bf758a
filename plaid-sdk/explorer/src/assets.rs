//! The files that pages load: styles and ES modules. They are embedded, and their address changes with their content, so browsers
//! may keep them for ever.

mod bundle;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aws_lc_rs::digest::{Context, SHA256};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, body::Bytes};
use flate2::Compression;

use crate::gzip::{gzip, takes_gzip};

/// A file.
struct Asset {
    name: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
}

/// A file as it is sent.
struct Sent {
    content_type: &'static str,
    plain: Vec<u8>,
    packed: Option<Vec<u8>>,
}

impl Asset {
    /// A script as it is sent. One of a form has the modules that it imports in it.
    fn script(&self, text: &str) -> String {
        let bundled = BUNDLES.contains(&self.name).then(|| bundle::bundle(self.name, &source));
        // A test makes sure that modules can be put together.
        bundled.and_then(Result::ok).unwrap_or_else(|| without_comments(text))
    }

    /// The file as it is sent: scripts and styles without the comments that have lines of their own.
    fn sent(&self) -> Sent {
        let lean = std::str::from_utf8(self.bytes).ok().and_then(|text| match self.content_type {
            kind if kind.starts_with("text/javascript") => Some(self.script(text)),
            kind if kind.starts_with("text/css") => Some(style_without_comments(text)),
            _ => None,
        });
        let plain = lean.map_or_else(|| self.bytes.to_vec(), String::into_bytes);
        Sent { content_type: self.content_type, packed: gzip(&plain, Compression::best()), plain }
    }
}

macro_rules! assets {
    ($($name:literal $kind:literal),* $(,)?) => {
        &[$(Asset {
            name: $name,
            content_type: $kind,
            bytes: include_bytes!(concat!("assets/", $name)),
        }),*]
    };
}

const ASSETS: &[Asset] = assets![
    "explorer.css" "text/css; charset=utf-8",
    "form.css" "text/css; charset=utf-8",
    "explorer.js" "text/javascript; charset=utf-8",
    "form.js" "text/javascript; charset=utf-8",
    "icon.svg" "image/svg+xml",
    "inbox.js" "text/javascript; charset=utf-8",
    "ranking.js" "text/javascript; charset=utf-8",
    "search.js" "text/javascript; charset=utf-8",
    "theme.js" "text/javascript; charset=utf-8",
    "tree.js" "text/javascript; charset=utf-8",
];

/// The modules of these scripts. They are not sent alone.
const MODULES: &[Asset] = assets![
    "choose.js" "text/javascript; charset=utf-8",
    "dom.js" "text/javascript; charset=utf-8",
    "edit.js" "text/javascript; charset=utf-8",
    "fields.js" "text/javascript; charset=utf-8",
    "json.js" "text/javascript; charset=utf-8",
    "link.js" "text/javascript; charset=utf-8",
    "menu.js" "text/javascript; charset=utf-8",
    "preview.js" "text/javascript; charset=utf-8",
    "request.js" "text/javascript; charset=utf-8",
    "response.js" "text/javascript; charset=utf-8",
    "send.js" "text/javascript; charset=utf-8",
    "shelf.js" "text/javascript; charset=utf-8",
    "values.js" "text/javascript; charset=utf-8",
];

/// The scripts that are sent with all that they import.
const BUNDLES: [&str; 2] = ["form.js", "inbox.js"];

/// The text of a file.
fn source(name: &str) -> Option<&'static str> {
    let asset = ASSETS.iter().chain(MODULES).find(|asset| asset.name == name)?;
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

/// A digest of all files. Scripts import each other by their names, so all have the address of one version.
fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let mut context = Context::new(&SHA256);
        for asset in ASSETS.iter().chain(MODULES) {
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

/// All files as they are sent, with their names.
pub fn all() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    sent().iter().map(|(name, sent)| (*name, sent.plain.as_slice()))
}

/// All files as they are sent, by name, made when the first is asked for.
fn sent() -> &'static BTreeMap<&'static str, Sent> {
    static SENT: OnceLock<BTreeMap<&'static str, Sent>> = OnceLock::new();
    SENT.get_or_init(|| ASSETS.iter().map(|asset| (asset.name, asset.sent())).collect())
}

/// A script without the comments that have lines of their own, and without indentation. No template of a script spans lines, which a
/// test makes sure of.
fn without_comments(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut is_inside = false;
    for line in script.lines().map(str::trim) {
        let ends = line.ends_with("*/");
        let is_comment =
            is_inside || line.starts_with("//") || line.starts_with("/**") && (ends || !line.contains("*/"));
        is_inside = (is_inside || line.starts_with("/**") && !line.contains("*/")) && !ends;
        if !is_comment && !line.is_empty() {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Styles without the comments that have lines of their own, and without indentation. No comment of ours spans lines, which a
/// test makes sure of.
fn style_without_comments(style: &str) -> String {
    let kept = style.lines().map(str::trim).filter(|line| !line.is_empty() && !is_style_comment(line));
    kept.flat_map(|line| [line, "\n"]).collect()
}

fn is_style_comment(line: &str) -> bool {
    line.starts_with("/*") && line.ends_with("*/") && line.matches("*/").count() == 1
}

async fn asset(Path((wanted, name)): Path<(String, String)>, asked: HeaderMap) -> Response {
    let Some(sent) = sent().get(name.as_str()).filter(|_| wanted == version()) else {
        return (StatusCode::NOT_FOUND, "There is no such file. Reload the page.").into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, sent.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    match &sent.packed {
        Some(packed) if takes_gzip(&asked) => {
            (headers, [(header::CONTENT_ENCODING, "gzip")], Bytes::from_static(packed)).into_response()
        }
        _ => (headers, Bytes::from_static(&sent.plain)).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        ASSETS, BUNDLES, MODULES, all, bundle, is_style_comment, source, style_without_comments, without_comments,
    };
    use crate::gzip::gzip;
    use flate2::Compression;

    #[test]
    fn comments_with_lines_of_their_own_are_left_out() {
        let script = "// One.\n/**\n * Two.\n * @param {string} a\n */\nfunction f(a) {\n  // Three.\n  return /** @type {X} */ (a); // four\n}\n\n/** Five. */\nconst b = \"// six\";\n";
        let kept = "function f(a) {\nreturn /** @type {X} */ (a); // four\n}\nconst b = \"// six\";\n";
        assert_eq!(without_comments(script), kept);
    }

    #[test]
    fn styles_have_no_comments() {
        let style = "/* One. */\na { color: red; }\n\n  /* Two. */\n  b { color: blue; }\n";
        assert_eq!(style_without_comments(style), "a { color: red; }\nb { color: blue; }\n");
        for asset in ASSETS.iter().filter(|asset| asset.name.ends_with(".css")) {
            let text = std::str::from_utf8(asset.bytes).expect("text");
            for (at, line) in text.lines().enumerate().filter(|(_, line)| line.contains("/*") || line.contains("*/")) {
                assert!(is_style_comment(line.trim()), "{}:{}: {line}", asset.name, at + 1);
            }
        }
    }

    #[test]
    fn modules_can_be_put_together() {
        for name in BUNDLES {
            match bundle::bundle(name, &source) {
                Ok(bundle) => assert!(!bundle.contains("\nimport ") && !bundle.contains("\nexport "), "{name}"),
                Err(error) => panic!("{error}"),
            }
        }
    }

    #[test]
    fn no_template_of_a_script_spans_lines() {
        for asset in ASSETS.iter().chain(MODULES).filter(|asset| asset.name.ends_with(".js")) {
            let text = std::str::from_utf8(asset.bytes).expect("text");
            for (at, line) in text.lines().enumerate().filter(|(_, line)| !is_comment(line)) {
                assert!(line.matches('`').count() % 2 == 0, "{}:{}: {line}", asset.name, at + 1);
            }
        }
    }

    fn is_comment(line: &str) -> bool {
        let line = line.trim_start();
        line.starts_with("//") || line.starts_with('*') || line.starts_with("/**")
    }

    #[test]
    fn scripts_and_styles_are_small() {
        let size = |ends: &str, without: &[&str]| -> usize {
            let files = all().filter(|(name, _)| name.ends_with(ends) && !without.contains(name));
            files.map(|(_, bytes)| gzip(bytes, Compression::best()).expect("gzip").len()).sum()
        };
        // Only exported pages load the ranking, and the inbox is a page of its own.
        let (scripts, styles) = (size(".js", &["inbox.js", "ranking.js"]), size(".css", &[]));
        println!("scripts: {scripts} bytes, styles: {styles} bytes");
        assert!(scripts <= 25_600, "{scripts}");
        assert!(styles <= 8_192, "{styles}");
    }
}
