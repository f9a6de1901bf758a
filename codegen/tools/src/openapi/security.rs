//! Security schemes and requirements.

use api_model::{KeyLocation, OAuthFlow, OAuthFlowKind, Requirement, SecurityKind, SecurityScheme};
use serde_json::{Map, Value, json};

/// The schemes, by name.
pub(super) fn schemes(schemes: &[SecurityScheme]) -> Value {
    Value::Object(schemes.iter().map(|declared| (declared.name.clone(), scheme(declared))).collect())
}

/// Alternatives of schemes, each with its scopes.
pub(super) fn requirements(required: &[Requirement]) -> Value {
    let requirement = |Requirement(all): &Requirement| -> Value {
        Value::Object(all.iter().map(|(name, scopes)| (name.clone(), json!(scopes))).collect())
    };
    required.iter().map(requirement).collect()
}

fn scheme(scheme: &SecurityScheme) -> Value {
    let mut value = match &scheme.kind {
        SecurityKind::ApiKey { location, parameter } => {
            let location = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query",
                KeyLocation::Cookie => "cookie",
            };
            json!({"type": "apiKey", "in": location, "name": parameter})
        }
        SecurityKind::Http { scheme, bearer_format: None } => json!({"type": "http", "scheme": scheme}),
        SecurityKind::Http { scheme, bearer_format: Some(format) } => {
            json!({"type": "http", "scheme": scheme, "bearerFormat": format})
        }
        SecurityKind::OAuth2(flows) => {
            json!({"type": "oauth2", "flows": flows.iter().map(flow).collect::<Map<_, _>>()})
        }
        SecurityKind::OpenIdConnect(url) => json!({"type": "openIdConnect", "openIdConnectUrl": url}),
    };
    if let (Some(description), Value::Object(members)) = (&scheme.description, &mut value) {
        members.insert("description".to_owned(), json!(description));
    }
    value
}

fn flow(flow: &OAuthFlow) -> (String, Value) {
    let name = match flow.kind {
        OAuthFlowKind::Implicit => "implicit",
        OAuthFlowKind::Password => "password",
        OAuthFlowKind::ClientCredentials => "clientCredentials",
        OAuthFlowKind::AuthorizationCode => "authorizationCode",
    };
    let urls = [
        ("authorizationUrl", &flow.authorization_url),
        ("tokenUrl", &flow.token_url),
        ("refreshUrl", &flow.refresh_url),
    ];
    let mut members: Map<String, Value> =
        urls.into_iter().filter_map(|(name, url)| Some((name.to_owned(), json!(url.as_ref()?)))).collect();
    let scopes = flow.scopes.iter().map(|(name, description)| (name.clone(), json!(description)));
    members.insert("scopes".to_owned(), Value::Object(scopes.collect()));
    (name.to_owned(), Value::Object(members))
}
