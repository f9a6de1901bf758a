//! Security schemes and requirements.

use api_model::{KeyLocation, OAuthFlow, OAuthFlowKind, Requirement, Sample, SecurityKind, SecurityScheme};

use crate::object::{Object, text, texts};

/// The schemes, by name.
pub(super) fn schemes(schemes: &[SecurityScheme]) -> Object {
    schemes.iter().map(|declared| (declared.name.clone(), scheme(declared).into())).collect()
}

/// Alternatives of schemes, each with its scopes.
pub(super) fn requirements(required: &[Requirement]) -> Sample {
    let all = required.iter().map(|Requirement(schemes)| {
        let schemes: Object = schemes.iter().map(|(name, scopes)| (name.clone(), texts(scopes))).collect();
        schemes.into()
    });
    Sample::List(all.collect())
}

fn scheme(scheme: &SecurityScheme) -> Object {
    let of_type = |name: &str| Object::default().with("type", text(name));
    let members = match &scheme.kind {
        SecurityKind::ApiKey { location, parameter } => {
            let location = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query",
                KeyLocation::Cookie => "cookie",
            };
            of_type("apiKey").with("in", text(location)).with("name", text(parameter))
        }
        SecurityKind::Http { scheme, bearer_format } => {
            of_type("http").with("scheme", text(scheme)).with("bearerFormat", bearer_format.as_ref().map(text))
        }
        SecurityKind::OAuth2(flows) => of_type("oauth2").with("flows", flows.iter().map(flow).collect::<Object>()),
        SecurityKind::OpenIdConnect(url) => of_type("openIdConnect").with("openIdConnectUrl", text(url)),
    };
    members.with("description", scheme.description.as_ref().map(text))
}

fn flow(flow: &OAuthFlow) -> (String, Sample) {
    let name = match flow.kind {
        OAuthFlowKind::Implicit => "implicit",
        OAuthFlowKind::Password => "password",
        OAuthFlowKind::ClientCredentials => "clientCredentials",
        OAuthFlowKind::AuthorizationCode => "authorizationCode",
    };
    let scopes: Object = flow.scopes.iter().map(|(name, description)| (name.clone(), text(description))).collect();
    let members = Object::default()
        .with("authorizationUrl", flow.authorization_url.as_ref().map(text))
        .with("tokenUrl", flow.token_url.as_ref().map(text))
        .with("refreshUrl", flow.refresh_url.as_ref().map(text))
        .with("scopes", scopes);
    (name.to_owned(), members.into())
}
