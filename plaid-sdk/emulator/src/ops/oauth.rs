//! `/oauth/*`: tokens for a user's data, by OAuth 2.0.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{Call, Class, Entry, Response, nothing};
use crate::error::ApiError;
use crate::state::{OauthKind, OauthToken, Tenant};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/oauth/introspect", Class::StateMachine, introspect),
    Entry::json("/oauth/revoke", Class::StateMachine, revoke),
    Entry::json("/oauth/token", Class::StateMachine, token),
];

/// How long an access token lives, in seconds.
const LIFE: i64 = 900;
/// The scopes that there are.
const SCOPES: [&str; 4] = ["user:read", "user:write", "exchange", "mcp:dashboard"];
/// What a token may do whose request names no scope.
const DEFAULT: &str = "user:read user:write exchange";

/// `/oauth/token`.
fn token(call: &mut Call<'_>) -> Response {
    let scope = call.request.text("scope");
    for word in scope.unwrap_or_default().split_whitespace() {
        if !SCOPES.contains(&word) {
            return Err(ApiError::invalid_field(&format!("scope must not have {word:?}")));
        }
    }
    match call.request.required("grant_type")? {
        "refresh_token" => refresh(call, scope),
        "client_credentials" => {
            let token = OauthToken { scope: scope.unwrap_or(DEFAULT).to_owned(), ..blank(call.tenant.now()) };
            Ok(issue(call.tenant, token))
        }
        _ => exchange(call, scope),
    }
}

/// A refresh token without content.
fn blank(now: DateTime<Utc>) -> OauthToken {
    OauthToken {
        kind: OauthKind::Refresh,
        parent: None,
        scope: String::new(),
        audience: None,
        user: None,
        issued: now,
        expires: None,
        is_revoked: false,
    }
}

/// Keeps a new refresh token, and answers with it and its first access token.
fn issue(tenant: &mut Tenant, token: OauthToken) -> serde_json::Value {
    let refresh = tenant.ids.token("refresh");
    tenant.platform.oauth.insert(refresh.clone(), token);
    access(tenant, &refresh, None)
}

/// A new access token of a refresh token.
fn access(tenant: &mut Tenant, refresh: &str, scope: Option<&str>) -> serde_json::Value {
    let now = tenant.now();
    let access = tenant.ids.token("oauth");
    if let Some(parent) = tenant.platform.oauth.get(refresh) {
        let token = OauthToken {
            kind: OauthKind::Access,
            parent: Some(refresh.to_owned()),
            scope: scope.map_or_else(|| parent.scope.clone(), str::to_owned),
            issued: now,
            expires: Some(now + TimeDelta::seconds(LIFE)),
            ..parent.clone()
        };
        tenant.platform.oauth.insert(access.clone(), token);
    }
    json!({"access_token": access, "expires_in": LIFE, "refresh_token": refresh, "token_type": "Bearer"})
}

/// Another access token of a refresh token, with the same scope or less.
fn refresh(call: &mut Call<'_>, scope: Option<&str>) -> Response {
    let refresh = call.request.required("refresh_token")?;
    let known = active(call.tenant, refresh).filter(|token| token.kind == OauthKind::Refresh);
    let known = known.ok_or_else(|| ApiError::invalid_field("refresh_token is unknown or was revoked"))?;
    let has = |word: &str| known.scope.split_whitespace().any(|one| one == word);
    if let Some(more) = scope.and_then(|scope| scope.split_whitespace().find(|word| !has(word))) {
        return Err(ApiError::invalid_field(&format!("refresh_token does not have the scope {more:?}")));
    }
    Ok(access(call.tenant, refresh, scope))
}

/// A token in place of another one: of a user of the application, or of one of another client's tokens.
fn exchange(call: &mut Call<'_>, scope: Option<&str>) -> Response {
    let request = call.request;
    let (subject, audience) = (request.required("subject_token")?, request.required("audience")?);
    let now = call.tenant.now();
    let of_user = |tenant: &Tenant| {
        let user = tenant.users.values().find(|user| user.token == subject || user.id == subject);
        user.map(|user| user.id.clone()).ok_or_else(ApiError::invalid_user_token)
    };
    let token = match request.required("subject_token_type")? {
        "urn:plaid:params:oauth:user-token" => {
            let parent = active(call.tenant, subject).filter(|token| token.kind == OauthKind::Refresh);
            let parent = parent.ok_or_else(|| ApiError::invalid_field("subject_token is unknown or was revoked"))?;
            if !parent.scope.split_whitespace().any(|word| word == "exchange") {
                return Err(ApiError::invalid_field("subject_token does not have the scope \"exchange\""));
            }
            OauthToken { parent: Some(subject.to_owned()), user: parent.user.clone(), ..blank(now) }
        }
        "urn:plaid:params:tokens:user" => {
            if audience != call.tenant.client_id {
                return Err(ApiError::invalid_field("audience must be the client_id"));
            }
            OauthToken { user: Some(of_user(call.tenant)?), ..blank(now) }
        }
        _ => OauthToken { user: Some(of_user(call.tenant)?), ..blank(now) },
    };
    let scope = scope.unwrap_or("user:read").to_owned();
    Ok(issue(call.tenant, OauthToken { scope, audience: Some(audience.to_owned()), ..token }))
}

/// A token that can be used: it was issued, is not too old, and neither it nor one that it comes from was revoked.
fn active<'a>(tenant: &'a Tenant, token: &str) -> Option<&'a OauthToken> {
    let found = tenant.platform.oauth.get(token)?;
    if found.expires.is_some_and(|end| end <= tenant.now()) {
        return None;
    }
    let mut next = Some(found);
    while let Some(one) = next {
        if one.is_revoked {
            return None;
        }
        next = one.parent.as_ref().and_then(|parent| tenant.platform.oauth.get(parent));
    }
    Some(found)
}

/// `/oauth/introspect`: one that can't be used is not active, whatever the reason.
fn introspect(call: &mut Call<'_>) -> Response {
    let token = call.request.required("token")?;
    let Some(found) = active(call.tenant, token) else { return Ok(json!({"active": false})) };
    let mut shown = json!({
        "active": true,
        "client_id": call.tenant.client_id,
        "iat": found.issued.timestamp(),
        "iss": call.world.base_url,
        "scope": found.scope,
        "sub": found.user.as_ref().unwrap_or(&call.tenant.client_id),
        "token_type": match found.kind {
            OauthKind::Access => "access_token",
            OauthKind::Refresh => "refresh_token",
        },
    });
    if let Some(end) = found.expires {
        shown["exp"] = end.timestamp().into();
    }
    for (name, value) in [("aud", &found.audience), ("user_id", &found.user)] {
        if let Some(value) = value {
            shown[name] = value.as_str().into();
        }
    }
    Ok(shown)
}

/// `/oauth/revoke`: with a refresh token go all that come from it. An unknown token is none that could be used, which is what was
/// asked for.
fn revoke(call: &mut Call<'_>) -> Response {
    let token = call.request.required("token")?;
    if let Some(found) = call.tenant.platform.oauth.get_mut(token) {
        found.is_revoked = true;
    }
    nothing()
}
