"""Investments: holdings with their securities, and the trades of two years."""

from datetime import date

from plaid.models import (
    InvestmentsHoldingsGetRequest,
    InvestmentsRefreshRequest,
    InvestmentsTransactionsGetRequest,
    InvestmentsTransactionsGetRequestOptions,
)
from plaid_emulator import Tenant
from support import link, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = link(client, ["investments"])
    found = client.investments_holdings_get(InvestmentsHoldingsGetRequest(access_token=access_token))
    assert len(found.holdings) == 13
    [ira] = [account for account in found.accounts if account.mask == "5555"]
    held = [holding for holding in found.holdings if holding.account_id == ira.account_id]
    assert round(sum(holding.institution_value for holding in held), 2) == 320.76
    known = [security.security_id for security in found.securities]
    assert all(holding.security_id in known for holding in found.holdings)

    trades = []
    total = 1
    while len(trades) < total:
        page = client.investments_transactions_get(
            InvestmentsTransactionsGetRequest(
                access_token=access_token,
                start_date=date(2026, 1, 1),
                end_date=date(2026, 11, 30),
                options=InvestmentsTransactionsGetRequestOptions(count=100, offset=len(trades)),
            )
        )
        trades += page.investment_transactions
        total = page.total_investment_transactions
    assert len({trade.investment_transaction_id for trade in trades}) == total
    assert total > 100
    client.investments_refresh(InvestmentsRefreshRequest(access_token=access_token))
    with refused("INVALID_FIELD"):
        client.investments_transactions_get(
            InvestmentsTransactionsGetRequest(
                access_token=access_token, start_date=date(2026, 11, 30), end_date=date(2026, 1, 1)
            )
        )
