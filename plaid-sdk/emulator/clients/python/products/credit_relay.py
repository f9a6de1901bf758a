"""Relays and audit copies of income and asset reports: what others may read, and for how long."""

from plaid.models import (
    AssetReportCreateRequest,
    AssetReportCreateRequestOptions,
    CreditAuditCopyTokenCreateRequest,
    CreditAuditCopyTokenRemoveRequest,
    CreditAuditCopyTokenUpdateRequest,
    CreditRelayCreateRequest,
    CreditRelayGetRequest,
    CreditRelayPDFGetRequest,
    CreditRelayRefreshRequest,
    CreditRelayRemoveRequest,
    ReportType,
)
from plaid_emulator import Tenant
from support import Receiver, is_pdf, link, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    access_token = link(client, ["assets"])
    created = client.asset_report_create(
        AssetReportCreateRequest(
            access_tokens=[access_token],
            days_requested=30,
            options=AssetReportCreateRequestOptions(webhook=receiver.url),
        )
    )
    receiver.wait("PRODUCT_READY", {"asset_report_id": created.asset_report_id})
    relay = client.credit_relay_create(
        CreditRelayCreateRequest(
            report_tokens=[created.asset_report_token],
            secondary_client_id="abcdefabcdefabcdefabcdef",
            webhook=receiver.url,
        )
    )
    report = client.credit_relay_get(
        CreditRelayGetRequest(relay_token=relay.relay_token, report_type=ReportType("asset"))
    ).report
    assert report.asset_report_id == created.asset_report_id
    assert is_pdf(
        client.credit_relay_pdf_get(
            CreditRelayPDFGetRequest(relay_token=relay.relay_token, report_type=ReportType("asset"))
        ).read()
    )
    refreshed = client.credit_relay_refresh(
        CreditRelayRefreshRequest(relay_token=relay.relay_token, report_type=ReportType("asset"), webhook=receiver.url)
    )
    assert refreshed.relay_token == relay.relay_token
    assert client.credit_relay_remove(CreditRelayRemoveRequest(relay_token=relay.relay_token)).removed
    with refused("INVALID_FIELD"):
        client.credit_relay_get(CreditRelayGetRequest(relay_token=relay.relay_token, report_type=ReportType("asset")))

    copy = client.credit_audit_copy_token_create(
        CreditAuditCopyTokenCreateRequest(report_tokens=[created.asset_report_token])
    )
    updated = client.credit_audit_copy_token_update(
        CreditAuditCopyTokenUpdateRequest(
            audit_copy_token=copy.audit_copy_token, report_tokens=[created.asset_report_token]
        )
    )
    assert updated.updated
    assert client.credit_report_audit_copy_remove(
        CreditAuditCopyTokenRemoveRequest(audit_copy_token=copy.audit_copy_token)
    ).removed
