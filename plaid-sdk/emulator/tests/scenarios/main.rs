//! Scenarios over HTTP, as an application would go through them.

mod auth;
mod controls;
mod coverage;
mod custom;
mod determinism;
mod engines;
mod enrich;
mod fuzz;
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
