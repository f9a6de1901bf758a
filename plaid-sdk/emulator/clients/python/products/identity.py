"""Identity: who owns an account, and how well that fits what a user says."""

from plaid.models import (
    IdentityGetRequest,
    IdentityMatchRequest,
    IdentityMatchUser,
    IdentityRefreshRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    access_token = link(client, ["identity"], webhook=receiver.url)
    accounts = client.identity_get(IdentityGetRequest(access_token=access_token)).accounts
    [owner] = accounts[0].owners
    assert owner.names == ["Alberta Bobbeth Charleson"]
    assert [email.data for email in owner.emails if email.primary] == ["accountholder0@example.com"]
    assert owner.addresses[0].data.city == "Malakoff"

    matched = client.identity_match(
        IdentityMatchRequest(
            access_token=access_token,
            user=IdentityMatchUser(
                legal_name="Alberta Charleson", email_address="accountholder0@example.com", phone_number="+14155550123"
            ),
        )
    ).accounts[0]
    assert matched.legal_name.score > 80
    assert matched.email_address.score == 100
    assert matched.phone_number.score < 50
    assert matched.address.score is None

    # An owner moves, and Identity reads the bank again.
    changed = {"names": ["Ann Perkins"], "emails": [], "phone_numbers": [], "addresses": []}
    plaid.control("POST", f"items/{access_token}/owners", {"account": "0000", "owners": [changed]})
    client.identity_refresh(IdentityRefreshRequest(access_token=access_token))
    told = receiver.wait("DEFAULT_UPDATE")
    assert told["webhook_type"] == "IDENTITY"
    assert client.identity_get(IdentityGetRequest(access_token=access_token)).accounts[0].owners[0].names == [
        "Ann Perkins"
    ]
