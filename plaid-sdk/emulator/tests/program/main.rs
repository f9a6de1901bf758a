//! The program: its output, its errors, and what is left of its state when it is killed.

mod crash;
mod ending;
mod errors;
mod exec;
mod support;
mod webhooks;
