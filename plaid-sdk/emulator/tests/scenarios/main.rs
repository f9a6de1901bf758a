//! Scenarios over HTTP, as an application would go through them.

mod assets;
mod auth;
mod controls;
mod coverage;
mod engines;
mod hosted;
mod investments;
mod liabilities;
mod link;
mod link_steps;
mod statements;
mod support;
mod transactions;
