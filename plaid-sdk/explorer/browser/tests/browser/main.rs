//! The explorer's pages in headless Chromium. `cargo xtask explorer browser` runs these tests.

mod accessible;
mod form;
mod network;
mod setup;
