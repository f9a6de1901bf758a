"""Payment profiles for Transfer (deprecated): a profile is ready once its user has been through Link."""

from plaid.models import (
    CountryCode,
    LinkTokenCreateRequest,
    LinkTokenCreateRequestTransfer,
    LinkTokenCreateRequestUser,
    PaymentProfileCreateRequest,
    PaymentProfileGetRequest,
    PaymentProfileRemoveRequest,
    Products,
)
from plaid_emulator import Tenant


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    profile = client.payment_profile_create(PaymentProfileCreateRequest()).payment_profile_token
    assert client.payment_profile_get(PaymentProfileGetRequest(payment_profile_token=profile)).status.value == "PENDING"
    token = client.link_token_create(
        LinkTokenCreateRequest(
            client_name="Acme",
            language="en",
            country_codes=[CountryCode("US")],
            products=[Products("transfer")],
            user=LinkTokenCreateRequestUser(client_user_id="ann"),
            transfer=LinkTokenCreateRequestTransfer(payment_profile_token=profile),
        )
    ).link_token
    plaid.complete_link(token)
    assert client.payment_profile_get(PaymentProfileGetRequest(payment_profile_token=profile)).status.value == "READY"
    client.payment_profile_remove(PaymentProfileRemoveRequest(payment_profile_token=profile))
    assert client.payment_profile_get(PaymentProfileGetRequest(payment_profile_token=profile)).status.value == "REMOVED"
