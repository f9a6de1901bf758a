//! The catalogue of Plaid's API: what is found in it, and what is made of it.

mod effects;
mod lookups;
mod queries;
mod search;
mod snippets;
mod wording;
