"""Payment profiles for Transfer (deprecated): a profile is ready once its user has been through Link."""

from plaid.models import (
    LinkTokenCreateRequestTransfer,
    PaymentProfileCreateRequest,
    PaymentProfileGetRequest,
    PaymentProfileRemoveRequest,
)
from plaid_emulator import Tenant
from support import link_token


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    profile = client.payment_profile_create(PaymentProfileCreateRequest()).payment_profile_token
    assert client.payment_profile_get(PaymentProfileGetRequest(payment_profile_token=profile)).status.value == "PENDING"
    token = link_token(client, ["transfer"], transfer=LinkTokenCreateRequestTransfer(payment_profile_token=profile))
    plaid.complete_link(token)
    assert client.payment_profile_get(PaymentProfileGetRequest(payment_profile_token=profile)).status.value == "READY"
    client.payment_profile_remove(PaymentProfileRemoveRequest(payment_profile_token=profile))
    assert client.payment_profile_get(PaymentProfileGetRequest(payment_profile_token=profile)).status.value == "REMOVED"
