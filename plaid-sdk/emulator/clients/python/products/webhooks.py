"""Webhooks: a signature proves that Plaid sent one, and a body that somebody changed does not pass."""

import hashlib
import hmac
import json
from collections.abc import Mapping

import jwt
from plaid.api.plaid_api import PlaidApi
from plaid.models import (
    SandboxItemFireWebhookRequest,
    WebhookVerificationKeyGetRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link, refused


def is_signed(client: PlaidApi, body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether Plaid signed a body."""
    token = headers["plaid-verification"]
    header = jwt.get_unverified_header(token)
    if header["alg"] != "ES256":
        return False
    found = client.webhook_verification_key_get(WebhookVerificationKeyGetRequest(key_id=header["kid"])).key
    key = jwt.PyJWK(found.to_dict())
    # An application also refuses what was signed more than five minutes ago. The clock of this scenario stands still.
    claims = jwt.decode(token, key, algorithms=["ES256"], options={"verify_iat": False})
    return hmac.compare_digest(claims["request_body_sha256"], hashlib.sha256(body).hexdigest())


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    access_token = link(client, ["auth"], webhook=receiver.url)
    client.sandbox_item_fire_webhook(
        SandboxItemFireWebhookRequest(access_token=access_token, webhook_code="NEW_ACCOUNTS_AVAILABLE")
    )
    payload, body, headers = receiver.receive("NEW_ACCOUNTS_AVAILABLE")
    assert (payload["webhook_type"], payload["environment"]) == ("ITEM", "sandbox")
    assert is_signed(client, body, headers)
    assert not is_signed(client, body.replace(b"ITEM", b"AUTH"), headers)
    assert json.loads(body) == payload

    # Keys are replaced now and then. The old one is still known, and says when it ended.
    old = jwt.get_unverified_header(headers["plaid-verification"])["kid"]
    plaid.control("POST", "webhooks/rotate_key")
    ended = client.webhook_verification_key_get(WebhookVerificationKeyGetRequest(key_id=old)).key
    assert ended.expired_at is not None
    with refused("INVALID_WEBHOOK_VERIFICATION_KEY_ID"):
        client.webhook_verification_key_get(WebhookVerificationKeyGetRequest(key_id="unknown"))
