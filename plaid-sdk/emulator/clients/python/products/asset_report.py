"""Assets: a lender orders a report, reads it when it is ready, and shares a copy."""

from plaid.models import (
    AssetReportAuditCopyCreateRequest,
    AssetReportAuditCopyGetRequest,
    AssetReportAuditCopyRemoveRequest,
    AssetReportCreateRequest,
    AssetReportCreateRequestOptions,
    AssetReportFilterRequest,
    AssetReportGetRequest,
    AssetReportPDFGetRequest,
    AssetReportRefreshRequest,
    AssetReportRemoveRequest,
)
from plaid_emulator import Tenant
from support import Receiver, is_pdf, link, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    access_token = link(client, ["assets"])
    created = client.asset_report_create(
        AssetReportCreateRequest(
            access_tokens=[access_token],
            days_requested=60,
            options=AssetReportCreateRequestOptions(client_report_id="loan-7", webhook=receiver.url),
        )
    )
    token = created.asset_report_token
    ready = receiver.wait("PRODUCT_READY", {"asset_report_id": created.asset_report_id})
    assert (ready["webhook_type"], ready["report_type"]) == ("ASSETS", "FULL")

    report = client.asset_report_get(AssetReportGetRequest(asset_report_token=token)).report
    assert (report.client_report_id, report.days_requested) == ("loan-7", 60)
    [item] = report.items
    assert len(item.accounts) == 14
    checking = item.accounts[0]
    assert checking.balances.current == 110
    assert checking.owners[0].names == ["Alberta Bobbeth Charleson"]
    # The days of history end with the balance of today.
    assert checking.historical_balances[0].current == 110
    assert len(checking.historical_balances) == 60
    pdf = client.asset_report_pdf_get(AssetReportPDFGetRequest(asset_report_token=token)).read()
    assert is_pdf(pdf)

    # A report without an account is another report.
    filtered = client.asset_report_filter(
        AssetReportFilterRequest(asset_report_token=token, account_ids_to_exclude=[checking.account_id])
    )
    receiver.wait("PRODUCT_READY", {"asset_report_id": filtered.asset_report_id})
    shorter = client.asset_report_get(AssetReportGetRequest(asset_report_token=filtered.asset_report_token)).report
    assert len(shorter.items[0].accounts) == 13
    refreshed = client.asset_report_refresh(AssetReportRefreshRequest(asset_report_token=token, days_requested=30))
    receiver.wait("PRODUCT_READY", {"asset_report_id": refreshed.asset_report_id})
    assert refreshed.asset_report_id != created.asset_report_id

    # A copy for an auditor ends with its token.
    copy = client.asset_report_audit_copy_create(
        AssetReportAuditCopyCreateRequest(asset_report_token=token, auditor_id="fannie_mae")
    )
    read = client.asset_report_audit_copy_get(
        AssetReportAuditCopyGetRequest(audit_copy_token=copy.audit_copy_token)
    ).report
    assert read.asset_report_id == created.asset_report_id
    client.asset_report_audit_copy_remove(AssetReportAuditCopyRemoveRequest(audit_copy_token=copy.audit_copy_token))
    with refused("INVALID_AUDIT_COPY_TOKEN"):
        client.asset_report_audit_copy_get(AssetReportAuditCopyGetRequest(audit_copy_token=copy.audit_copy_token))

    assert client.asset_report_remove(AssetReportRemoveRequest(asset_report_token=token)).removed
    with refused("INVALID_FIELD"):
        client.asset_report_get(AssetReportGetRequest(asset_report_token=token))
