//! The explorer's pages in headless Chromium. `cargo xtask explorer browser` runs these tests.

mod network;
mod setup;
