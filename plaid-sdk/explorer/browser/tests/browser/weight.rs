//! No page grows with the document.

use anyhow::Result;
use plaid_catalog::Catalog;

use crate::setup::Setup;

/// The most nodes that the browser may count for a page when it is loaded.
const NODES: f64 = 6_500.0;

/// The operations with the largest requests and responses.
const LARGEST: usize = 24;

#[test]
fn the_largest_pages_have_few_nodes() -> Result<()> {
    let setup = Setup::shared()?;
    let catalog = Catalog::plaid();
    let page = setup.open("/")?;
    let mut sizes = Vec::new();
    for operation in &catalog.api().operations {
        let method = &catalog.layout().operations[&operation.id].name;
        let path = format!("/operations/{method}");
        // Only the pages with the longest text are counted.
        let size: usize =
            page.value(&format!("fetch('{path}').then((one) => one.text()).then((text) => text.length)"))?;
        sizes.push((size, path));
    }
    sizes.sort_unstable();
    for (_, path) in sizes.iter().rev().take(LARGEST) {
        let page = setup.open(path)?;
        let nodes = page.metric("Nodes")?;
        assert!(nodes <= NODES, "{path} has {nodes} nodes");
    }
    Ok(())
}
