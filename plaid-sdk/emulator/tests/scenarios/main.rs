//! Scenarios over HTTP, as an application would go through them.

mod assets;
mod auth;
mod bank;
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
mod inspector;
mod investments;
mod items;
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
