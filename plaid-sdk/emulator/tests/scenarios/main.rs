//! Scenarios over HTTP, as an application would go through them.

mod auth;
mod controls;
mod custom;
mod link;
mod support;
mod transactions;
