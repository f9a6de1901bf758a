//! The environment or server that calls go to.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use http::Uri;

use crate::runtime::error::Error;

/// The environment that calls go to. Each of Plaid's environments has its own secret and its own tokens.
///
/// ```
/// use plaid_sdk::Environment;
///
/// assert_eq!("sandbox".parse::<Environment>()?, Environment::Sandbox);
/// assert_eq!(Environment::Production.base_url(), "https://production.plaid.com");
/// assert!(Environment::custom("http://localhost:3000").is_ok());
/// assert!(Environment::custom("http://plaid.example.com").is_err());
/// # Ok::<(), plaid_sdk::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// Test banks and users, for development.
    Sandbox,
    /// Real banks and users.
    Production,
    /// Another server, such as a proxy or an emulator; see [`Environment::custom`].
    Custom(BaseUrl),
}

/// The base URL of another server than Plaid's, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl(String);

impl Environment {
    /// A server at this base URL, which may have a path.
    ///
    /// # Errors
    /// The address is not a valid absolute URL, has user information, a query or a fragment, or is not `https`. Because each call
    /// sends the credentials, `http` is allowed only for this machine (`localhost`, `127.0.0.1`, `[::1]`).
    pub fn custom(base_url: &str) -> Result<Self, Error> {
        BaseUrl::parse(base_url)
            .map(Self::Custom)
            .map_err(|why| Error::build(format!("the base URL is invalid: {why}")))
    }

    /// The base URL that paths are appended to.
    pub fn base_url(&self) -> &str {
        match self {
            Self::Sandbox => "https://sandbox.plaid.com",
            Self::Production => "https://production.plaid.com",
            Self::Custom(url) => &url.0,
        }
    }

    /// The address that an operation's path is added to. A server of the operation's own is used instead of Plaid's, and
    /// a server that is only a path is below it. A custom environment is a proxy or an emulator, and takes all operations.
    pub(crate) fn base_url_of(&self, server: Option<&str>) -> String {
        match (server, self) {
            (Some(server), _) if server.starts_with('/') => [self.base_url(), server].concat(),
            (Some(server), Self::Sandbox | Self::Production) => server.to_owned(),
            (Some(_), Self::Custom(_)) | (None, _) => self.base_url().to_owned(),
        }
    }
}

impl BaseUrl {
    // Errors don't repeat the URL, because it may contain a password.
    fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim_end_matches('/');
        if text.contains('#') {
            return Err("it has a fragment");
        }
        let uri: Uri = text.parse().map_err(|_| "it is not a URL")?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err("it is not an absolute URL, such as https://plaid.example.com");
        };
        if authority.as_str().contains('@') {
            return Err("it has user information");
        }
        if uri.query().is_some() {
            return Err("it has a query");
        }
        // The HTTP client reads URLs by other rules than `Uri`: those of browsers. Which host it will connect to is theirs.
        let url = reqwest::Url::parse(text).map_err(|_| "its host or port is not valid")?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("it has no host")?;
        match scheme {
            "https" => Ok(Self(text.to_owned())),
            "http" if is_loopback(host) => Ok(Self(text.to_owned())),
            "http" => Err("it must be https, because each call sends the credentials"),
            _ => Err("it must be https"),
        }
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for Environment {
    /// `sandbox`, `production`, or the base URL.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sandbox => "sandbox",
            Self::Production => "production",
            Self::Custom(url) => &url.0,
        })
    }
}

impl FromStr for Environment {
    type Err = Error;

    /// Reads `sandbox`, `production` (in any case), or a base URL.
    fn from_str(text: &str) -> Result<Self, Error> {
        if text.eq_ignore_ascii_case("sandbox") {
            Ok(Self::Sandbox)
        } else if text.eq_ignore_ascii_case("production") {
            Ok(Self::Production)
        } else if text.contains("://") {
            Self::custom(text)
        } else {
            Err(Error::build("unknown environment: use `sandbox`, `production` or a base URL".to_owned()))
        }
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_replaces_plaids_and_is_below_a_custom_one() {
        let custom = Environment::custom("http://localhost:3000/proxy").unwrap();
        let [absolute, path] = [Some("https://files.example.com"), Some("/v2")];
        assert_eq!(Environment::Sandbox.base_url_of(absolute), "https://files.example.com");
        assert_eq!(custom.base_url_of(absolute), "http://localhost:3000/proxy");
        assert_eq!(Environment::Production.base_url_of(path), "https://production.plaid.com/v2");
        assert_eq!(custom.base_url_of(path), "http://localhost:3000/proxy/v2");
        assert_eq!(custom.base_url_of(None), "http://localhost:3000/proxy");
    }

    #[test]
    fn text_comes_back() {
        for text in ["sandbox", "production", "https://plaid.example.com", "https://example.com:8443/plaid"] {
            assert_eq!(text.parse::<Environment>().unwrap().to_string(), text);
        }
        assert_eq!("Sandbox".parse::<Environment>().unwrap(), Environment::Sandbox);
        assert_eq!(Environment::custom("https://example.com/").unwrap().base_url(), "https://example.com");
    }

    #[test]
    fn only_this_machine_is_reached_without_tls() {
        for url in ["http://localhost:1", "http://127.0.0.1", "http://127.1.2.3:80/x", "http://[::1]:3000"] {
            assert!(Environment::custom(url).is_ok(), "{url}");
        }
        for url in ["http://plaid.com", "http://10.0.0.1", "http://localhost.example.com", "http://127.0.0.1.nip.io"] {
            assert!(Environment::custom(url).is_err(), "{url}");
        }
    }

    #[test]
    fn what_is_no_base_url_is_refused_and_not_repeated() {
        for url in [
            "",
            "plaid.com",
            "/hunter2",
            "ftp://hunter2",
            "https://user:hunter2@plaid.com",
            "https://plaid.com?key=hunter2",
            "https://plaid.com/#hunter2",
            "https://hunter2:99999",
            "https://hunter2:port",
            "https://xn--/hunter2",
            "https://hunter2%",
            "https://[::hunter2]",
            "https://:443/hunter2",
        ] {
            let error = Environment::custom(url).unwrap_err();
            assert!(error.is_build() && !error.to_string().contains("hunter2"), "{url}: {error}");
        }
        assert!("development".parse::<Environment>().is_err());
    }
}
