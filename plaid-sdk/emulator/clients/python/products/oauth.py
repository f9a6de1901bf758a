"""OAuth: tokens for Plaid's own services, their scopes and their end."""

from plaid.models import (
    OAuthGrantType,
    OAuthIntrospectRequest,
    OAuthRevokeRequest,
    OAuthSubjectTokenType,
    OAuthTokenRequest,
    UserCreateRequest,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    user_token = client.user_create(UserCreateRequest(client_user_id="ann")).user_token
    issued = client.oauth_token(
        OAuthTokenRequest(
            grant_type=OAuthGrantType("urn:ietf:params:oauth:grant-type:token-exchange"),
            subject_token=user_token,
            subject_token_type=OAuthSubjectTokenType("urn:plaid:params:tokens:user"),
            audience=plaid.client_id,
            scope="user:read exchange",
        )
    )
    assert (issued.token_type, issued.expires_in) == ("Bearer", 900)
    shown = client.oauth_introspect(OAuthIntrospectRequest(token=issued.access_token))
    assert (shown.active, shown.scope, shown.client_id) == (True, "user:read exchange", plaid.client_id)

    # After a quarter of an hour the access token has ended, and the refresh token gives another one.
    plaid.advance(900)
    assert not client.oauth_introspect(OAuthIntrospectRequest(token=issued.access_token)).active
    again = client.oauth_token(
        OAuthTokenRequest(
            grant_type=OAuthGrantType("refresh_token"), refresh_token=issued.refresh_token, scope="user:read"
        )
    )
    assert client.oauth_introspect(OAuthIntrospectRequest(token=again.access_token)).scope == "user:read"
    with refused("INVALID_FIELD"):
        client.oauth_token(
            OAuthTokenRequest(
                grant_type=OAuthGrantType("refresh_token"), refresh_token=issued.refresh_token, scope="user:write"
            )
        )
    client.oauth_revoke(OAuthRevokeRequest(token=issued.refresh_token))
    assert not client.oauth_introspect(OAuthIntrospectRequest(token=again.access_token)).active
