"""Protect: an event of a session is scored, and can be read again."""

from datetime import datetime

from plaid.models import ProtectEvent, ProtectEventGetRequest, ProtectEventSendRequest, ProtectUserSignInEvent
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    sent = client.protect_event_send(
        ProtectEventSendRequest(
            event=ProtectEvent(
                timestamp=datetime.fromisoformat("2026-11-01T12:00:00+00:00"), user_sign_in=ProtectUserSignInEvent()
            ),
            request_trust_index=True,
        )
    )
    read = client.protect_event_get(ProtectEventGetRequest(event_id=sent.event_id))
    assert read.trust_index.score == sent.trust_index.score
    with refused("INVALID_FIELD"):
        client.protect_event_get(ProtectEventGetRequest(event_id="ptevt_1"))
