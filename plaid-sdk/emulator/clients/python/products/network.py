"""Network: whether Plaid knows the person behind a phone number."""

from plaid.models import (
    NetworkStatusGetRequest,
    NetworkStatusGetUser,
    ProfileNetworkStatusGetRequest,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    known = client.network_status_get(NetworkStatusGetRequest(user=NetworkStatusGetUser(phone_number="+14155550011")))
    assert (known.network_status.value, known.layer.eligible) == ("RETURNING_USER", True)
    assert (
        client.network_status_get(
            NetworkStatusGetRequest(user=NetworkStatusGetUser(phone_number="+14155550010"))
        ).network_status.value
        == "UNKNOWN"
    )
    profile = client.profile_network_status_get(
        ProfileNetworkStatusGetRequest(user=NetworkStatusGetUser(phone_number="+14155550011"))
    )
    assert profile.network_status.value == "RETURNING_USER"
    with refused("INVALID_FIELD"):
        client.network_status_get(NetworkStatusGetRequest(user=NetworkStatusGetUser(phone_number="415-555-0011")))
