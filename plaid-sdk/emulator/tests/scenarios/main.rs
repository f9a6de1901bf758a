//! Scenarios over HTTP, as an application would go through them.

mod controls;
mod engines;
mod link;
mod support;
mod transactions;
