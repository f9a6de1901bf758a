//! All pages as files, for any web server or none.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use plaid_catalog::Catalog;

use super::links::{self, Address, Found, Links};
use super::view::View;
use super::{document, files, frame, markdown, search};
use crate::assets;

/// Writes all pages into a folder, as HTML and as Markdown, with the files that they load. Files that are there already are
/// replaced; others stay. Returns the number of pages.
///
/// # Errors
/// A file can't be written.
pub fn export(folder: &Path) -> Result<usize, ExportError> {
    let catalog = Catalog::plaid();
    let view = |address: &Address<'_>| View { catalog, links: Links::exported(address), environment: None };
    let mut count = 0;
    for address in Address::all(catalog) {
        let view = view(&address);
        let Some(document) = document(&view, address) else { continue };
        let path = address.path();
        // The folder of a page is that of its address: `errors.html` is beside the folder `errors`.
        let name = if path.is_empty() { "index.html".to_owned() } else { format!("{}.html", decoded(&path)) };
        write(folder, &name, relinked(&view, &frame::page(&view, &document).into_string()).as_bytes())?;
        write(folder, &decoded(&address.markdown_file()), markdown::page(&view, &document).as_bytes())?;
        count += 1;
    }
    let root = view(&Address::Start);
    write(folder, "llms.txt", files::llms(&root).as_bytes())?;
    write(folder, "openapi.json", files::openapi().as_bytes())?;
    write(folder, "catalog.json", files::catalog().unwrap_or_default().as_bytes())?;
    let index = search::index(catalog).map_err(|error| ExportError::new("search.json".into(), error.into()))?;
    write(folder, "assets/search.json", index.as_bytes())?;
    for (name, bytes) in assets::all() {
        write(folder, &format!("assets/{name}"), bytes)?;
    }
    Ok(count)
}

/// A page whose links are all relative. Forms are made for a server, so theirs begin with a slash.
fn relinked(view: &View, html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, link)) =
        ["href=\"/", "src=\"/"].into_iter().filter_map(|start| split(rest, start)).min_by_key(|parts| parts.0.len())
    {
        let (path, after) = link.split_once('"').unwrap_or((link, ""));
        let (page, anchor) = path.split_once('#').map_or((path, None), |(page, anchor)| (page, Some(anchor)));
        text.push_str(before);
        match (links::find(view.catalog, &format!("/{page}")), assets::name(&format!("/{page}"))) {
            (_, Some(name)) => text.push_str(&frame::asset(view, name)),
            (Found::Page(address) | Found::Other(address), None) => text.push_str(&view.to(&address)),
            (Found::Markdown(_) | Found::Missing, None) => text.push_str(&format!("/{page}")),
        }
        if let Some(anchor) = anchor {
            text.push('#');
            text.push_str(anchor);
        }
        text.push('"');
        rest = after;
    }
    text.push_str(rest);
    text
}

/// A text up to the end of a mark but its last letter, and what follows the mark.
fn split<'h>(text: &'h str, mark: &str) -> Option<(&'h str, &'h str)> {
    let at = text.find(mark)? + mark.len();
    Some((text.get(..at - 1)?, text.get(at..)?))
}

/// The name of a file: addresses escape some letters, which a server decodes.
fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
    let path = folder.join(name);
    let written = match path.parent() {
        Some(parent) => fs::create_dir_all(parent).and_then(|()| fs::write(&path, bytes)),
        None => fs::write(&path, bytes),
    };
    written.map_err(|error| ExportError::new(path, error))
}

/// A file that can't be written.
#[derive(Debug)]
pub struct ExportError {
    path: PathBuf,
    error: io::Error,
}

impl ExportError {
    fn new(path: PathBuf, error: io::Error) -> Self {
        Self { path, error }
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "can't write {}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for ExportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}
