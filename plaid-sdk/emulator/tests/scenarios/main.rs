//! Scenarios over HTTP, as an application would go through them.

mod auth;
mod collections;
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
mod jobs;
mod liabilities;
mod link;
mod link_steps;
mod money;
mod recurring;
mod seed;
mod statements;
mod support;
mod transactions;
