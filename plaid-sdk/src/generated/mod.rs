//! A hand-made sample, until the generator writes this folder.

pub mod accounts;
pub mod asset_report;
pub mod webhook_verification_key;
