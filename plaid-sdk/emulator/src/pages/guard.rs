//! Who may see the pages and send their forms: a browser that has opened this emulator itself. A page of another origin may not
//! act in the person's name, nor may a name of a foreign site that was made to point here.

use std::net::IpAddr;

use axum::http::HeaderMap;

/// Whether the request names this machine, or one of the host names that the emulator was started for.
pub fn is_own_host(headers: &HeaderMap, names: &[String]) -> bool {
    let Some(host) = text(headers, "host") else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let is_loopback = bare.parse().is_ok_and(|address: IpAddr| address.is_loopback());
    let is_local = name == "localhost" || name.ends_with(".localhost");
    is_loopback || is_local || names.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Whether a form was sent by a page of this emulator, or by a program.
pub fn is_own_form(headers: &HeaderMap) -> bool {
    let site = text(headers, "sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let origin = match (text(headers, "origin"), text(headers, "host")) {
        (None, _) => true,
        (Some(origin), Some(host)) => {
            let own = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            own.is_some_and(|own| own.eq_ignore_ascii_case(host))
        }
        (Some(_), None) => false,
    };
    site && origin
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::{is_own_form, is_own_host};
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    fn headers(all: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        all.iter().map(pair).collect()
    }

    #[test]
    fn only_names_of_this_machine_are_served() {
        let names = ["sandbox.plaid.com".to_owned()];
        for good in ["127.0.0.1:8433", "localhost", "[::1]:8433", "emulator.localhost:1", "sandbox.plaid.com:443"] {
            assert!(is_own_host(&headers(&[("host", good)]), &names), "{good}");
        }
        for bad in ["attacker.example:8433", "127.0.0.1.attacker.example", "192.168.0.7"] {
            assert!(!is_own_host(&headers(&[("host", bad)]), &names), "{bad}");
        }
        assert!(!is_own_host(&HeaderMap::new(), &names));
    }

    #[test]
    fn forms_of_other_origins_are_refused() {
        let host = ("host", "127.0.0.1:8433");
        let own = ("origin", "http://127.0.0.1:8433");
        assert!(is_own_form(&headers(&[host])));
        assert!(is_own_form(&headers(&[host, own, ("sec-fetch-site", "same-origin")])));
        assert!(!is_own_form(&headers(&[host, own, ("sec-fetch-site", "cross-site")])));
        for foreign in ["https://attacker.example", "null", "http://127.0.0.1:8434", "http://127.0.0.1:8433.evil"] {
            let map: HeaderMap = [
                (HeaderName::from_static("host"), HeaderValue::from_static("127.0.0.1:8433")),
                (HeaderName::from_static("origin"), HeaderValue::from_static(foreign)),
            ]
            .into_iter()
            .collect();
            assert!(!is_own_form(&map), "{foreign}");
        }
    }
}
