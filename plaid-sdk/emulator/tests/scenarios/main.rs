//! Scenarios over HTTP, as an application would go through them.

mod auth;
mod controls;
mod coverage;
mod custom;
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
