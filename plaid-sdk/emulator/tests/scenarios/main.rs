//! Scenarios over HTTP, as an application would go through them.

mod auth;
mod collections;
mod controls;
mod coverage;
mod engines;
mod hosted;
mod investments;
mod jobs;
mod liabilities;
mod link;
mod link_steps;
mod money;
mod seed;
mod support;
mod transactions;
