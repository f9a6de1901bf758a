//! Layer 1: the host that a request names. A foreign name that was made to lead here (DNS rebinding) is refused.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;
use axum::http::{StatusCode, header};

use crate::gateway::refusal::Refusal;

/// The hosts that are served, with their ports.
#[derive(Clone, Debug)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// The names of this machine, and the address itself.
    pub fn of(address: SocketAddr) -> Self {
        let mut hosts = Self(Vec::new());
        for name in ["127.0.0.1", "localhost", "[::1]"] {
            hosts.add_with(name, address.port());
        }
        match address.ip() {
            ip if ip.is_unspecified() => {}
            IpAddr::V4(ip) => hosts.add_with(&ip.to_string(), address.port()),
            IpAddr::V6(ip) => hosts.add_with(&format!("[{ip}]"), address.port()),
        }
        hosts
    }

    /// All of them.
    pub fn all(&self) -> &[String] {
        &self.0
    }

    /// Adds a name that a person gave. One without a port is meant with the server's own, and with the usual one of a proxy.
    pub fn add(&mut self, name: &str, port: u16) {
        let name = name.to_ascii_lowercase();
        let has_port = name.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        let is_bare_v6 = name.parse::<std::net::Ipv6Addr>().is_ok();
        match (has_port, is_bare_v6) {
            (_, true) => self.add_with(&format!("[{name}]"), port),
            (true, false) => self.put(name),
            (false, false) => {
                self.put(format!("{name}:{port}"));
                self.put(name);
            }
        }
    }

    fn add_with(&mut self, name: &str, port: u16) {
        self.put(format!("{name}:{port}"));
        if port == 80 {
            self.put(name.to_owned());
        }
    }

    fn put(&mut self, host: String) {
        if !self.0.contains(&host) {
            self.0.push(host);
        }
    }

    /// Refuses a request whose host is not one of these or of `others`.
    pub fn check(&self, request: &Request, others: &[String]) -> Result<(), Refusal> {
        let mut given = request.headers().get_all(header::HOST).iter();
        let (Some(host), None) = (given.next(), given.next()) else {
            return Err(refusal("the request names no host, or several"));
        };
        let host = host.to_str().unwrap_or_default();
        let is_own = self.0.iter().chain(others).any(|own| own.eq_ignore_ascii_case(host));
        // The target of a request to a proxy has a host of its own.
        let is_same = request.uri().authority().is_none_or(|authority| authority.as_str().eq_ignore_ascii_case(host));
        if is_own && is_same { Ok(()) } else { Err(refusal("this host name is not served here")) }
    }
}

fn refusal(message: &'static str) -> Refusal {
    let help = "Open it as http://127.0.0.1 with its port, or allow the name by --host when the explorer is started.";
    Refusal::new(StatusCode::MISDIRECTED_REQUEST, "UNKNOWN_HOST", message, help)
}

#[cfg(test)]
mod tests {
    use super::Hosts;
    use axum::body::Body;
    use axum::extract::Request;

    fn passes(hosts: &Hosts, uri: &str, given: &[&str]) -> bool {
        let mut request = Request::builder().uri(uri);
        for host in given {
            request = request.header("host", *host);
        }
        hosts.check(&request.body(Body::empty()).expect("a request"), &[]).is_ok()
    }

    #[test]
    fn only_own_names_with_the_own_port_pass() {
        let hosts = Hosts::of("127.0.0.1:8434".parse().expect("an address"));
        for good in ["127.0.0.1:8434", "localhost:8434", "LOCALHOST:8434", "[::1]:8434"] {
            assert!(passes(&hosts, "/", &[good]), "{good}");
        }
        let bad = [
            "evil.test:8434",
            "127.0.0.1.evil.test:8434",
            "localhost.:8434",
            "localhost",
            "127.0.0.1",
            "127.0.0.1:8433",
            "0.0.0.0:8434",
            "a@127.0.0.1:8434",
            "127.1:8434",
            "",
        ];
        for bad in bad {
            assert!(!passes(&hosts, "/", &[bad]), "{bad}");
        }
        assert!(!passes(&hosts, "/", &[]));
        assert!(!passes(&hosts, "/", &["127.0.0.1:8434", "127.0.0.1:8434"]));
        assert!(passes(&hosts, "http://127.0.0.1:8434/", &["127.0.0.1:8434"]));
        assert!(!passes(&hosts, "http://evil.test/", &["127.0.0.1:8434"]));
        assert!(!passes(&hosts, "http://localhost:8434/", &["127.0.0.1:8434"]));
    }

    #[test]
    fn names_can_be_allowed() {
        let mut hosts = Hosts::of("0.0.0.0:8434".parse().expect("an address"));
        assert!(!passes(&hosts, "/", &["0.0.0.0:8434"]));
        hosts.add("Plaid.Example", 8434);
        hosts.add("other.example:443", 8434);
        hosts.add("fd00::1", 8434);
        for good in ["plaid.example", "plaid.example:8434", "other.example:443", "[fd00::1]:8434"] {
            assert!(passes(&hosts, "/", &[good]), "{good}");
        }
        for bad in ["plaid.example:443", "other.example", "other.example:8434"] {
            assert!(!passes(&hosts, "/", &[bad]), "{bad}");
        }
    }
}
