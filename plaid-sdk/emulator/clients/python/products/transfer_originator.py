"""Platforms: a business that moves money for others is reviewed first."""

from io import StringIO

from plaid.models import (
    ACHClass,
    OriginatorExpectedTransferFrequency,
    TransferDebitUsageConfiguration,
    TransferDiligenceDocumentUploadRequest,
    TransferDiligenceSubmitRequest,
    TransferDocumentPurpose,
    TransferFundingAccount,
    TransferOriginatorAddress,
    TransferOriginatorCreateRequest,
    TransferOriginatorDiligence,
    TransferOriginatorGetRequest,
    TransferOriginatorListRequest,
    TransferQuestionnaireCreateRequest,
)
from plaid_emulator import Tenant
from support import link_account, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    account = link_account(client, ["transfer"])
    created = client.transfer_originator_create(TransferOriginatorCreateRequest(company_name="Marketplace of Shannon"))
    originator_id = created.originator_client_id
    found = client.transfer_originator_get(TransferOriginatorGetRequest(originator_client_id=originator_id)).originator
    assert (found.company_name, found.transfer_diligence_status.value) == ("Marketplace of Shannon", "not_submitted")
    questionnaire = client.transfer_questionnaire_create(
        TransferQuestionnaireCreateRequest(originator_client_id=originator_id, redirect_uri="https://example.com/done")
    )
    assert questionnaire.onboarding_url.startswith("http")
    client.transfer_diligence_submit(
        TransferDiligenceSubmitRequest(
            originator_client_id=originator_id,
            originator_diligence=TransferOriginatorDiligence(
                dba="Marketplace",
                tax_id="123456789",
                debit_usage_configuration=TransferDebitUsageConfiguration(
                    expected_frequency=OriginatorExpectedTransferFrequency("once_per_month"),
                    expected_highest_amount="500.00",
                    expected_average_amount="250.00",
                    expected_monthly_amount="25000.00",
                    sec_codes=[ACHClass("ccd")],
                ),
                address=TransferOriginatorAddress(
                    city="San Francisco",
                    street="100 Market Street",
                    region="CA",
                    postal_code="94103",
                    country_code="US",
                ),
                website="https://example.com",
                naics_code="561790",
                funding_account=TransferFundingAccount(**account),
            ),
        )
    )
    assert (
        client.transfer_originator_get(
            TransferOriginatorGetRequest(originator_client_id=originator_id)
        ).originator.transfer_diligence_status.value
        == "under_review"
    )

    def upload(file: str) -> None:
        """Uploads a document. The client sends what it reads as text, so the file is one of text."""
        client.transfer_diligence_document_upload(
            TransferDiligenceDocumentUploadRequest(
                originator_client_id=originator_id,
                file=StringIO(file),
                purpose=TransferDocumentPurpose("DUE_DILIGENCE"),
            )
        )

    upload("%PDF-1.7")
    with refused("INVALID_FIELD"):
        upload("")
    plaid.control("POST", f"originators/{originator_id}/review", {"status": "approved"})
    # After the decision nothing more is read.
    with refused("INVALID_FIELD"):
        upload("%PDF-1.7")
    assert (
        client.transfer_originator_get(
            TransferOriginatorGetRequest(originator_client_id=originator_id)
        ).originator.transfer_diligence_status.value
        == "approved"
    )

    # The Sandbox has an originator in each state.
    originators = client.transfer_originator_list(TransferOriginatorListRequest(count=25, offset=0)).originators
    states = [one.transfer_diligence_status.value for one in originators if one.client_id != originator_id]
    assert sorted(states) == ["approved", "denied", "more_information_required", "under_review"]
    with refused("TRANSFER_ORIGINATOR_NOT_FOUND"):
        client.transfer_originator_get(TransferOriginatorGetRequest(originator_client_id="555555555555555555555555"))
