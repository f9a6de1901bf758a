//! Scenarios over HTTP, as an application would go through them.

mod auth;
mod bank;
mod controls;
mod coverage;
mod custom;
mod engines;
mod enrich;
mod hosted;
mod identity;
mod investments;
mod items;
mod liabilities;
mod link;
mod link_steps;
mod recurring;
mod statements;
mod support;
mod transactions;
