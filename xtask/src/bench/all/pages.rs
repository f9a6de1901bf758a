//! What the explorer's pages weigh as a browser gets them, compressed.

use std::collections::BTreeSet;
use std::path::Path;

use super::http;
use crate::bench::figure::append;
use crate::running::Running;
use crate::workspace;

const PACKED: &str = "Accept-Encoding: gzip\r\n";

/// Measures the pages of all operations, and the files that one of them loads.
pub fn run(figures: &Path) -> Result<(), String> {
    let audit = workspace::target().join("explorer-audit.jsonl").display().to_string();
    let explorer = Running::start("plaid-explorer", &["--audit", &audit])?;
    let get =
        |path: &str, headers: &str| http::send(&explorer.url, "GET", path, headers, "").map(|response| response.body);
    let list = String::from_utf8_lossy(&get("/operations", "")?).into_owned();
    let pages: BTreeSet<&str> =
        links(&list, "href").filter(|link| link.starts_with("/operations/") && !link.contains('#')).collect();
    let mut sizes = Vec::new();
    for page in &pages {
        sizes.push(get(page, PACKED)?.len());
    }
    sizes.sort_unstable();
    let (Some(median), Some(worst), Some(page)) = (sizes.get(sizes.len() / 2), sizes.last(), pages.first()) else {
        return Err(format!("error: {}/operations has no links to pages of operations", explorer.url));
    };
    let html = String::from_utf8_lossy(&get(page, "")?).into_owned();
    let files: BTreeSet<&str> =
        links(&html, "href").chain(links(&html, "src")).filter(|link| link.starts_with("/-/assets/")).collect();
    let weigh = |ending: &str| -> Result<f64, String> {
        let wanted = files.iter().filter(|file| file.ends_with(ending));
        Ok(wanted.map(|file| get(file, PACKED).map(|body| body.len())).sum::<Result<usize, String>>()? as f64)
    };
    let (scripts, styles) = (weigh(".js")?, weigh(".css")?);
    let (median, worst) = (*median as f64, *worst as f64);
    println!(
        "{} pages: median {median} bytes, largest {worst}; {page} loads {scripts} bytes of scripts, {styles} of styles",
        pages.len()
    );
    for (name, bytes) in [("median", median), ("worst", worst), ("scripts", scripts), ("styles", styles)] {
        append(figures, &format!("page.{name}"), bytes / 1e3)?;
    }
    Ok(())
}

/// The values of an attribute.
fn links<'a>(html: &'a str, attribute: &str) -> impl Iterator<Item = &'a str> {
    let start = format!(" {attribute}=\"");
    let after: Vec<&str> = html.split(start.as_str()).skip(1).collect();
    after.into_iter().filter_map(|rest| Some(rest.split_once('"')?.0))
}
