//! Scenarios over HTTP, as an application would go through them.

mod auth;
mod controls;
mod custom;
mod enrich;
mod link;
mod recurring;
mod support;
mod transactions;
