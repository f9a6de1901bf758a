"""Cash flow reports: a lender asks for one, and reads its transactions in pages."""

from plaid.models import (
    CashflowReportGetRequest,
    CashflowReportInsightsGetRequest,
    CashflowReportRefreshRequest,
    CashflowReportTransactionsGetRequest,
)
from plaid_emulator import Tenant
from support import link, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = link(client, ["transactions"])
    with refused("PRODUCT_NOT_READY"):
        client.cashflow_report_get(CashflowReportGetRequest(access_token=access_token, days_requested=90))
    client.cashflow_report_refresh(CashflowReportRefreshRequest(access_token=access_token, days_requested=365))
    report = client.cashflow_report_get(CashflowReportGetRequest(access_token=access_token, days_requested=90))
    assert report.total_transactions == 48
    assert report.accounts[0].owners[0].names == ["Alberta Bobbeth Charleson"]

    rows, cursor, more, total = [], "", True, 0
    while more:
        page = client.cashflow_report_transactions_get(
            CashflowReportTransactionsGetRequest(access_token=access_token, count=100, cursor=cursor)
        )
        rows += page.transactions
        cursor = page.next_cursor
        more, total = page.has_more, page.total_transactions
    assert len(rows) == total
    assert len({row.transaction_id for row in rows}) == len(rows)
    insights = client.cashflow_report_insights_get(CashflowReportInsightsGetRequest(access_token=access_token))
    assert len(insights.account_insights.monthly_summaries) == 12
