//! Plaid.
