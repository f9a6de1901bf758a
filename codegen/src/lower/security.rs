//! Lowers security schemes and requirements.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityRequirement, SecurityScheme as Declared};

use super::component;
use super::context::{Context, component_at};
use api_model::{KeyLocation, OAuthFlow, OAuthFlowKind, Requirement, Security, SecurityKind, SecurityScheme};

/// The section of the components.
const SECTION: &str = "securitySchemes";

/// The schemes of the document, and what it requires.
pub(super) fn all(cx: &mut Context<'_>) -> Security {
    let declared = cx.components.into_iter().flat_map(|components| &components.security_schemes);
    let mut schemes = Vec::new();
    for (name, declared) in declared {
        let at = component_at(SECTION, name);
        if let Some(found) = component::resolve(cx, declared, &at, SECTION, |all| &all.security_schemes) {
            schemes.push(scheme(name, found.item));
        }
    }
    Security { schemes, required: requirements(cx.document.security.as_deref().unwrap_or_default()) }
}

/// The alternatives that `security` lists.
pub(super) fn requirements(declared: &[SecurityRequirement]) -> Vec<Requirement> {
    let requirement = |all: &SecurityRequirement| {
        Requirement(all.iter().map(|(name, scopes)| (name.clone(), scopes.clone())).collect())
    };
    declared.iter().map(requirement).collect()
}

fn scheme(name: &str, declared: &Declared) -> SecurityScheme {
    let (description, kind) = match declared {
        Declared::APIKey { location, name, description, .. } => {
            (description, SecurityKind::ApiKey { location: key_location(location), parameter: name.clone() })
        }
        Declared::HTTP { scheme, bearer_format, description, .. } => {
            (description, SecurityKind::Http { scheme: scheme.clone(), bearer_format: bearer_format.clone() })
        }
        Declared::OAuth2 { flows: declared, description, .. } => (description, SecurityKind::OAuth2(flows(declared))),
        Declared::OpenIDConnect { open_id_connect_url, description, .. } => {
            (description, SecurityKind::OpenIdConnect(open_id_connect_url.clone()))
        }
    };
    SecurityScheme { name: name.to_owned(), description: description.clone(), kind }
}

fn key_location(location: &APIKeyLocation) -> KeyLocation {
    match location {
        APIKeyLocation::Header => KeyLocation::Header,
        APIKeyLocation::Query => KeyLocation::Query,
        APIKeyLocation::Cookie => KeyLocation::Cookie,
    }
}

fn flows(declared: &OAuth2Flows) -> Vec<OAuthFlow> {
    let OAuth2Flows { implicit, password, client_credentials, authorization_code, extensions: _ } = declared;
    let implicit = implicit.iter().map(|flow| OAuthFlow {
        kind: OAuthFlowKind::Implicit,
        authorization_url: Some(flow.authorization_url.clone()),
        token_url: None,
        refresh_url: flow.refresh_url.clone(),
        scopes: scopes(&flow.scopes),
    });
    let password = password.iter().map(|flow| OAuthFlow {
        kind: OAuthFlowKind::Password,
        authorization_url: None,
        token_url: Some(flow.token_url.clone()),
        refresh_url: flow.refresh_url.clone(),
        scopes: scopes(&flow.scopes),
    });
    let client = client_credentials.iter().map(|flow| OAuthFlow {
        kind: OAuthFlowKind::ClientCredentials,
        authorization_url: None,
        token_url: Some(flow.token_url.clone()),
        refresh_url: flow.refresh_url.clone(),
        scopes: scopes(&flow.scopes),
    });
    let code = authorization_code.iter().map(|flow| OAuthFlow {
        kind: OAuthFlowKind::AuthorizationCode,
        authorization_url: Some(flow.authorization_url.clone()),
        token_url: Some(flow.token_url.clone()),
        refresh_url: flow.refresh_url.clone(),
        scopes: scopes(&flow.scopes),
    });
    implicit.chain(password).chain(client).chain(code).collect()
}

fn scopes(declared: &IndexMap<String, String>) -> Vec<(String, String)> {
    declared.iter().map(|(name, description)| (name.clone(), description.clone())).collect()
}
