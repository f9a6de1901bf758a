//! What Plaid's Sandbox is known to contain. The figures are facts: measured by users of the Sandbox, or documented.

pub mod accounts;
pub mod applications;
pub mod categories;
pub mod fidelity;
pub mod grid;
pub mod institutions;
pub mod investments;
pub mod liabilities;
pub mod merchants;
pub mod owner;
pub mod watchlists;
