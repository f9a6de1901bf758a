"""Partners, the newer operations: what a customer still has to say is listed, and then the customer is enabled."""

from plaid.models import (
    BetaPartnerCustomerV1CreateRequest,
    BetaPartnerCustomerV1EnableRequest,
    BetaPartnerCustomerV1GetRequest,
    BetaPartnerCustomerV1UpdateRequest,
    PartnerEndCustomerAddress,
    PartnerEndCustomerBankAddendumAcceptance,
    PartnerEndCustomerCustomerSupportInfo,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    made = client.beta_partner_customer_v1_create(
        BetaPartnerCustomerV1CreateRequest(
            company_name="Ants Inc.",
            application_name="Ants",
            is_diligence_attested=True,
            website="https://example.com",
            address=PartnerEndCustomerAddress(
                city="Malakoff", country_code="US", postal_code="14236", region="NY", street="1 Main St."
            ),
            customer_support_info=PartnerEndCustomerCustomerSupportInfo(email="help@example.com"),
        )
    ).end_customer
    customer = client.beta_partner_customer_v1_get(
        BetaPartnerCustomerV1GetRequest(end_customer_client_id=made.client_id)
    ).end_customer
    assert customer.status.value == "MORE_INFORMATION_NEEDED"
    due = [one.value for one in customer.requirements_due.value]
    assert sorted(due) == ["bank_addendum_acceptance", "legal_entity_name"]
    with refused("CUSTOMER_NOT_READY_FOR_ENABLEMENT"):
        client.beta_partner_customer_v1_enable(
            BetaPartnerCustomerV1EnableRequest(end_customer_client_id=made.client_id)
        )
    client.beta_partner_customer_v1_update(
        BetaPartnerCustomerV1UpdateRequest(
            end_customer_client_id=made.client_id,
            legal_entity_name="Ants Incorporated",
            bank_addendum_acceptance=PartnerEndCustomerBankAddendumAcceptance(customer_accepted=True),
        )
    )
    ready = client.beta_partner_customer_v1_get(
        BetaPartnerCustomerV1GetRequest(end_customer_client_id=made.client_id)
    ).end_customer
    assert (ready.status.value, ready.requirements_due.value) == ("PENDING_ENABLEMENT", [])
    enabled = client.beta_partner_customer_v1_enable(
        BetaPartnerCustomerV1EnableRequest(end_customer_client_id=made.client_id)
    )
    assert enabled.status.value == "ACTIVE"
