"""Partners: a reseller's customer is reviewed, enabled, and registered at banks."""

from plaid.models import (
    PartnerCustomerCreateRequest,
    PartnerCustomerEnableRequest,
    PartnerCustomerGetRequest,
    PartnerCustomerOAuthInstitutionsGetRequest,
    PartnerCustomerRemoveRequest,
    PartnerEndCustomerAddress,
)
from plaid_emulator import Tenant
from support import Receiver, refused


def customer(client, name):
    """A customer about whom all is said."""
    return client.partner_customer_create(
        PartnerCustomerCreateRequest(
            company_name="Ants Inc.",
            application_name=name,
            legal_entity_name="Ants Incorporated",
            website="https://example.com",
            is_diligence_attested=True,
            is_bank_addendum_completed=True,
            address=PartnerEndCustomerAddress(
                city="Malakoff", country_code="US", postal_code="14236", region="NY", street="1 Main St."
            ),
        )
    ).end_customer


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    plaid.control("POST", "dashboard", {"webhook": receiver.url})
    made = customer(client, "Ants")
    assert (made.company_name, len(made.client_id)) == ("Ants Inc.", 24)
    found = client.partner_customer_get(PartnerCustomerGetRequest(end_customer_client_id=made.client_id)).end_customer
    assert found.status.value == "PENDING_ENABLEMENT"
    enabled = client.partner_customer_enable(PartnerCustomerEnableRequest(end_customer_client_id=made.client_id))
    assert enabled.production_secret == made.secrets.production
    assert (
        client.partner_customer_get(
            PartnerCustomerGetRequest(end_customer_client_id=made.client_id)
        ).end_customer.status.value
        == "ACTIVE"
    )
    registered = receiver.wait(
        "END_CUSTOMER_OAUTH_STATUS_UPDATED", {"end_customer_client_id": made.client_id, "status": "enabled"}
    )
    banks = client.partner_customer_oauth_institutions_get(
        PartnerCustomerOAuthInstitutionsGetRequest(end_customer_client_id=made.client_id)
    ).institutions
    bank = next(one for one in banks if one.institution_id == registered["institution_id"])
    assert bank.environments.production.value == "ENABLED"
    with refused("CUSTOMER_ALREADY_ENABLED"):
        client.partner_customer_enable(PartnerCustomerEnableRequest(end_customer_client_id=made.client_id))

    # Another one is removed before it is enabled.
    other = customer(client, "Bees")
    client.partner_customer_remove(PartnerCustomerRemoveRequest(end_customer_client_id=other.client_id))
    with refused("CUSTOMER_NOT_FOUND"):
        client.partner_customer_get(PartnerCustomerGetRequest(end_customer_client_id=other.client_id))
