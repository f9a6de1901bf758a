"""Statements: the files that a bank issued in the last months."""

from datetime import date

from plaid.models import (
    ItemPublicTokenExchangeRequest,
    LinkTokenCreateRequestStatements,
    StatementsDownloadRequest,
    StatementsListRequest,
    StatementsRefreshRequest,
)
from plaid_emulator import Tenant
from support import Receiver, is_pdf, link_token, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    token = link_token(
        client,
        ["statements"],
        webhook=receiver.url,
        statements=LinkTokenCreateRequestStatements(start_date=date(2026, 9, 1), end_date=date(2026, 11, 30)),
    )
    public_token = plaid.complete_link(token)["public_token"]
    access_token = client.item_public_token_exchange(
        ItemPublicTokenExchangeRequest(public_token=public_token)
    ).access_token
    found = client.statements_list(StatementsListRequest(access_token=access_token))
    assert found.institution_name == "First Platypus Bank"
    checking = found.accounts[0]
    assert [(one.year, one.month) for one in checking.statements] == [(2026, 11), (2026, 10), (2026, 9)]
    october = client.statements_download(
        StatementsDownloadRequest(access_token=access_token, statement_id=checking.statements[1].statement_id)
    ).read()
    assert is_pdf(october)

    client.statements_refresh(
        StatementsRefreshRequest(access_token=access_token, start_date=date(2026, 7, 1), end_date=date(2026, 11, 30))
    )
    assert receiver.wait("STATEMENTS_REFRESH_COMPLETE")["result"] == "SUCCESS"
    assert len(client.statements_list(StatementsListRequest(access_token=access_token)).accounts[0].statements) == 5
    with refused("INVALID_FIELD"):
        client.statements_download(StatementsDownloadRequest(access_token=access_token, statement_id="unknown"))
