"""Platforms: a business agrees to the terms, tells about its people, and is asked for the rest."""

from datetime import date, datetime

from plaid.models import (
    IDNumberType,
    TransferFundingAccount,
    TransferFundingAccountWithDisplayName,
    TransferOriginatorCreateRequest,
    TransferOriginatorFundingAccountCreateRequest,
    TransferOriginatorFundingAccountUpdateRequest,
    TransferOriginatorGetRequest,
    TransferPlatformOriginatorCreateRequest,
    TransferPlatformPersonCreateRequest,
    TransferPlatformPersonIDNumber,
    TransferPlatformPersonName,
    TransferPlatformRequirementSubmission,
    TransferPlatformRequirementSubmitRequest,
    TransferPlatformTOSAcceptanceMetadata,
)
from plaid_emulator import Tenant
from support import Receiver, link_account, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    originator = client.transfer_originator_create(
        TransferOriginatorCreateRequest(company_name="Acme")
    ).originator_client_id
    client.transfer_platform_originator_create(
        TransferPlatformOriginatorCreateRequest(
            originator_client_id=originator,
            tos_acceptance_metadata=TransferPlatformTOSAcceptanceMetadata(
                agreement_accepted=True,
                originator_ip_address="192.0.2.42",
                agreement_accepted_at=datetime.fromisoformat("2026-09-14T14:42:19.350+00:00"),
            ),
            originator_reviewed_at=datetime.fromisoformat("2026-07-29T20:22:21+00:00"),
            webhook=receiver.url,
        )
    )
    receiver.wait("PLATFORM_ONBOARDING_UPDATE", {"originator_client_id": originator})
    client.transfer_platform_person_create(
        TransferPlatformPersonCreateRequest(
            originator_client_id=originator,
            name=TransferPlatformPersonName(given_name="Ann", family_name="Lee"),
            email_address="ann@example.com",
            phone_number="+14155550015",
            date_of_birth=date(1990, 1, 31),
            relationship_to_originator="BENEFICIAL_OWNER",
            ownership_percentage=30,
            id_number=TransferPlatformPersonIDNumber(value="123456789", type=IDNumberType("us_ssn")),
        )
    )
    asked = client.transfer_originator_get(
        TransferOriginatorGetRequest(originator_client_id=originator)
    ).originator.outstanding_requirements
    assert any(one.requirement_type == "PERSON_ADDRESS" for one in asked)
    answers = [answer(one) for one in asked]
    client.transfer_platform_requirement_submit(
        TransferPlatformRequirementSubmitRequest(originator_client_id=originator, requirement_submissions=answers)
    )
    status = client.transfer_originator_get(
        TransferOriginatorGetRequest(originator_client_id=originator)
    ).originator.transfer_diligence_status
    assert status.value == "under_review"

    account = link_account(client, ["transfer"])
    funding = TransferFundingAccount(**account)
    named = TransferFundingAccountWithDisplayName(**account, display_name="Operating")
    created = client.transfer_originator_funding_account_create(
        TransferOriginatorFundingAccountCreateRequest(originator_client_id=originator, funding_account=named)
    )
    assert created.funding_account_id
    client.transfer_originator_funding_account_update(
        TransferOriginatorFundingAccountUpdateRequest(originator_client_id=originator, funding_account=funding)
    )
    with refused("TRANSFER_ORIGINATOR_NOT_FOUND"):
        client.transfer_originator_funding_account_create(
            TransferOriginatorFundingAccountCreateRequest(
                originator_client_id="555555555555555555555555", funding_account=named
            )
        )


def answer(asked):
    """What is told for a requirement."""
    if asked.person_id is None:
        return TransferPlatformRequirementSubmission(requirement_type=asked.requirement_type, value="told")
    return TransferPlatformRequirementSubmission(
        requirement_type=asked.requirement_type, value="told", person_id=asked.person_id
    )
