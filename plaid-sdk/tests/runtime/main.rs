//! The runtime against real sockets on loopback: good, slow, broken and lying servers.

mod faults;
mod replies;
mod requests;
mod secrets;
mod server;
mod transport;
