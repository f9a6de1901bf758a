//! Attacks on the explorer as it is served, by raw sockets: no client library that would correct what is sent.

mod bodies;
mod echoes;
mod framing;
mod hosts;
mod kinds;
mod many;
mod origins;
mod paths;
mod sizes;
mod support;
