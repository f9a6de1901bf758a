//! Scenarios over HTTP, as an application would go through them.

mod auth;
mod controls;
mod custom;
mod coverage;
mod engines;
mod enrich;
mod hosted;
mod identity;
mod investments;
mod liabilities;
mod link;
mod link_steps;
mod recurring;
mod statements;
mod support;
mod transactions;
