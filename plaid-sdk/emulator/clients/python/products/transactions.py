"""Transactions: an application keeps a copy of them, which follows what the bank says."""

from datetime import date

from plaid.models import (
    TransactionsGetRequest,
    TransactionsGetRequestOptions,
    TransactionsRefreshRequest,
    TransactionsSyncRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link, refused


def sync(client, access_token, start):
    """All that has changed since a cursor: rows, removed rows, and the next cursor."""
    rows, gone, cursor, more = [], [], start, True
    while more:
        page = client.transactions_sync(TransactionsSyncRequest(access_token=access_token, cursor=cursor, count=20))
        rows += page.added
        rows += page.modified
        gone += page.removed
        cursor, more = page.next_cursor, page.has_more
    return rows, gone, cursor


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    access_token = link(client, ["transactions"], username="user_transactions_dynamic", webhook=receiver.url)
    receiver.wait("HISTORICAL_UPDATE")
    first, none, start = sync(client, access_token, "")
    assert len({row.transaction_id for row in first}) == len(first)
    assert none == []
    pending = [row.transaction_id for row in first if row.pending]
    assert len(pending) > 0

    # A refresh posts what was pending: the old ids go, and the new rows name them.
    client.transactions_refresh(TransactionsRefreshRequest(access_token=access_token))
    receiver.wait("SYNC_UPDATES_AVAILABLE")
    changed, removed, end = sync(client, access_token, start)
    assert sorted(row.transaction_id for row in removed) == sorted(pending)
    posted = [row.pending_transaction_id for row in changed if row.pending_transaction_id is not None]
    assert sorted(posted) == sorted(pending)

    # The older way of reading shows the same rows.
    page = client.transactions_get(
        TransactionsGetRequest(
            access_token=access_token,
            start_date=date(2026, 10, 1),
            end_date=date(2026, 11, 30),
            options=TransactionsGetRequestOptions(count=10),
        )
    )
    assert page.total_transactions == len(first) + 1
    dates = [row.date.isoformat() for row in page.transactions]
    assert dates[0] >= dates[-1]
    assert not any(row.transaction_id in pending for row in page.transactions)

    # A row that changes while pages are read makes the application start over.
    plaid.control("POST", f"items/{access_token}/mutate_during_pagination", {"count": 1})
    with refused("TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"):
        sync(client, access_token, "")
    again, gone, later = sync(client, access_token, start)
    assert len(again) >= len(changed)
