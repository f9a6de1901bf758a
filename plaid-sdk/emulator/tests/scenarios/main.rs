//! Scenarios over HTTP, as an application would go through them.

mod auth;
mod controls;
mod coverage;
mod determinism;
mod engines;
mod fuzz;
mod hosted;
mod investments;
mod liabilities;
mod link;
mod link_steps;
mod statements;
mod support;
mod transactions;
