"""Layer: a person whom Plaid knows shares an identity and Items by a phone number."""

from datetime import datetime

from plaid.models import (
    AccountsGetRequest,
    ClientUserIdentity,
    ClientUserIdentityPhoneNumber,
    SessionTokenCreateRequest,
    UserAccountSessionEvent,
    UserAccountSessionEventSendRequest,
    UserAccountSessionGetRequest,
    UserCreateRequest,
)
from plaid_emulator import Tenant
from support import Receiver


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    user_id = client.user_create(
        UserCreateRequest(
            client_user_id="ann",
            identity=ClientUserIdentity(
                phone_numbers=[ClientUserIdentityPhoneNumber(data="+14155550011", primary=True)]
            ),
        )
    ).user_id
    created = client.session_token_create(
        SessionTokenCreateRequest(template_id="template_1", user_id=user_id, webhook=receiver.url)
    )
    done = plaid.complete_link(created.link.link_token)
    passed = receiver.wait("LAYER_AUTHENTICATION_PASSED")
    assert passed["link_token"] == created.link.link_token
    shared = client.user_account_session_get(UserAccountSessionGetRequest(public_token=done["public_token"]))
    assert (shared.identity.phone_number, shared.identity.date_of_birth) == ("+14155550011", "1975-01-18")
    [item] = shared.items
    assert len(client.accounts_get(AccountsGetRequest(access_token=item.access_token)).accounts) > 0
    client.user_account_session_event_send(
        UserAccountSessionEventSendRequest(
            link_session_id=passed["link_session_id"],
            event=UserAccountSessionEvent(
                name="onboarded", timestamp=datetime.fromisoformat("2026-11-30T12:00:00+00:00")
            ),
        )
    )

    # Not everyone is eligible.
    stranger = client.user_create(
        UserCreateRequest(
            client_user_id="bob",
            identity=ClientUserIdentity(
                phone_numbers=[ClientUserIdentityPhoneNumber(data="+14155550000", primary=True)]
            ),
        )
    ).user_id
    other = client.session_token_create(
        SessionTokenCreateRequest(template_id="template_1", user_id=stranger)
    ).link.link_token
    left = plaid.complete_link(other)
    assert (
        client.user_account_session_get(UserAccountSessionGetRequest(public_token=left["public_token"])).identity
        is None
    )
