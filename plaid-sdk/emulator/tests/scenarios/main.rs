//! Scenarios over HTTP, as an application would go through them.

mod controls;
mod investments;
mod liabilities;
mod link;
mod support;
mod transactions;
