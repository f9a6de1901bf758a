"""Reports for Freddie Mac: one copy of two asset reports, in the form of its loans."""

from plaid.models import (
    AssetReportAuditCopyPdfGetRequest,
    AssetReportCreateRequest,
    AssetReportCreateRequestOptions,
    AssetReportFreddieGetRequest,
    CreditAuditCopyTokenCreateRequest,
    CreditAuditCopyTokenRemoveRequest,
    CreditFreddieMacReportsGetRequest,
)
from plaid_emulator import Tenant
from support import Receiver, is_pdf, link, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    access_token = link(client, ["assets"])

    def order(client_report_id: str) -> str:
        created = client.asset_report_create(
            AssetReportCreateRequest(
                access_tokens=[access_token],
                days_requested=30,
                options=AssetReportCreateRequestOptions(client_report_id=client_report_id, webhook=receiver.url),
            )
        )
        receiver.wait("PRODUCT_READY", {"asset_report_id": created.asset_report_id})
        return created.asset_report_token

    first, second = order("loan-7"), order("loan-8")
    token = client.credit_audit_copy_token_create(
        CreditAuditCopyTokenCreateRequest(report_tokens=[first, second])
    ).audit_copy_token
    every = client.credit_freddie_mac_reports_get(CreditFreddieMacReportsGetRequest(audit_copy_token=token)).deal
    assert len(every.services.service.verification_of_asset) == 2
    one = client.credit_asset_report_freddie_mac_get(AssetReportFreddieGetRequest(audit_copy_token=token)).deal
    assert one.loans.loan.loan_identifiers.loan_identifier.loan_identifier == "loan-7"
    copy = client.asset_report_audit_copy_pdf_get(AssetReportAuditCopyPdfGetRequest(audit_copy_token=token))
    assert is_pdf(copy.read())
    client.credit_report_audit_copy_remove(CreditAuditCopyTokenRemoveRequest(audit_copy_token=token))
    with refused("INVALID_AUDIT_COPY_TOKEN"):
        client.credit_freddie_mac_reports_get(CreditFreddieMacReportsGetRequest(audit_copy_token=token))
