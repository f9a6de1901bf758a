//! The explorer's pages in headless Chromium. `cargo xtask explorer browser` runs these tests.

mod accessible;
mod anchors;
mod chain;
mod form;
mod live;
mod network;
#[path = "../../../../catalog/tests/catalog/queries.rs"]
mod queries;
mod responses;
mod search;
mod setup;
mod strangers;
mod views;
mod weight;
