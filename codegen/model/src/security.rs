//! How callers authenticate.

use serde::{Deserialize, Serialize};

/// The ways to authenticate, and which of them the API requires.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Security {
    /// The declared schemes, in the document's order.
    pub schemes: Vec<SecurityScheme>,
    /// The alternatives that operations require, unless they declare their own. None means that nothing is required.
    pub required: Vec<Requirement>,
}

/// One way to satisfy a requirement: all of these schemes together, each with its scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Requirement(pub Vec<(String, Vec<String>)>);

/// A way to authenticate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SecurityScheme {
    /// Its name in requirements.
    pub name: String,
    /// Its description in the document.
    pub description: Option<String>,
    /// What it is.
    pub kind: SecurityKind,
}

/// The kinds of security schemes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecurityKind {
    /// A key in a parameter.
    ApiKey {
        /// Where it is sent.
        location: KeyLocation,
        /// The name of the header, query parameter or cookie.
        parameter: String,
    },
    /// A scheme of HTTP's `Authorization` header.
    Http {
        /// The scheme's name: `basic`, `bearer`.
        scheme: String,
        /// The format of bearer tokens.
        bearer_format: Option<String>,
    },
    /// OAuth 2.0.
    OAuth2(Vec<OAuthFlow>),
    /// OpenID Connect, with the address of its configuration.
    OpenIdConnect(String),
}

/// Where a key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyLocation {
    /// In a header.
    Header,
    /// In the query.
    Query,
    /// In a cookie.
    Cookie,
}

/// A flow of OAuth 2.0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OAuthFlow {
    /// Which flow it is.
    pub kind: OAuthFlowKind,
    /// The address where the user authorizes.
    pub authorization_url: Option<String>,
    /// The address of tokens.
    pub token_url: Option<String>,
    /// The address of refresh tokens.
    pub refresh_url: Option<String>,
    /// The scopes, each with its description in the document.
    pub scopes: Vec<(String, String)>,
}

/// The flows of OAuth 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OAuthFlowKind {
    /// The token is in the redirect.
    Implicit,
    /// With the user's password.
    Password,
    /// With the client's credentials.
    ClientCredentials,
    /// With a code that the redirect contains.
    AuthorizationCode,
}
