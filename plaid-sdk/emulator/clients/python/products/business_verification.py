"""Business verification: registries and the website of a company are looked up."""

from plaid.models import (
    BusinessVerificationCreateRequest,
    BusinessVerificationCreateRequestBusiness,
    BusinessVerificationGetRequest,
    RequestBusinessAddress,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    made = client.business_verification_create(
        BusinessVerificationCreateRequest(
            client_user_id="acme",
            business=BusinessVerificationCreateRequestBusiness(
                name="Acme",
                website="https://example.com",
                address=RequestBusinessAddress(
                    street="1 Main St.", city="Pawnee", region="IN", postal_code="46001", country="US"
                ),
            ),
        )
    )
    assert made.status.value == "active"
    found = client.business_verification_get(BusinessVerificationGetRequest(business_verification_id=made.id))
    assert found.status.value == "success"
    assert (found.kyb_check.name.summary.value, found.kyb_check.address.summary.value) == ("match", "match")
    assert found.digital_presence_check.website.summary.value == "match"

    # A name alone is not enough.
    other = client.business_verification_create(
        BusinessVerificationCreateRequest(
            client_user_id="nobody", business=BusinessVerificationCreateRequestBusiness(name="Nobody")
        )
    )
    failed = client.business_verification_get(BusinessVerificationGetRequest(business_verification_id=other.id))
    assert (failed.status.value, failed.kyb_check.address.summary.value) == ("failed", "no_input")
    with refused("INVALID_FIELD"):
        client.business_verification_get(BusinessVerificationGetRequest(business_verification_id="busver_unknown"))
