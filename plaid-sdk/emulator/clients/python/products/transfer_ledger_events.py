"""Ledgers: money is distributed between two of them, and each movement is listed."""

from plaid.models import (
    LedgerDistributeIdempotencyKey,
    TransferBalanceGetRequest,
    TransferBalanceType,
    TransferLedgerDistributeRequest,
    TransferLedgerEventListRequest,
    TransferLedgerGetRequest,
    TransferMetricsGetRequest,
)
from plaid_emulator import Tenant
from support import refused

# Each client of the Sandbox has a second ledger.
SECOND = "0f2bbb5e-4a3c-4f3f-9a3e-6d9a70f1a002"


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    first = client.transfer_ledger_get(TransferLedgerGetRequest()).ledger_id
    move = TransferLedgerDistributeRequest(
        from_ledger_id=first,
        to_ledger_id=SECOND,
        amount="40.00",
        idempotency_key=LedgerDistributeIdempotencyKey("move-1"),
    )
    client.transfer_ledger_distribute(move)
    # The same key moves nothing twice.
    client.transfer_ledger_distribute(move)
    assert client.transfer_ledger_get(TransferLedgerGetRequest()).balance.available == "60.00"
    assert client.transfer_ledger_get(TransferLedgerGetRequest(ledger_id=SECOND)).balance.available == "40.00"
    events = client.transfer_ledger_event_list(TransferLedgerEventListRequest(ledger_id=SECOND)).ledger_events
    assert [event.amount for event in events] == ["40.00"]
    with refused("INVALID_FIELD"):
        client.transfer_ledger_distribute(
            TransferLedgerDistributeRequest(
                from_ledger_id=first,
                to_ledger_id=SECOND,
                amount="60.01",
                idempotency_key=LedgerDistributeIdempotencyKey("move-2"),
            )
        )
    balance = client.transfer_balance_get(
        TransferBalanceGetRequest(type=TransferBalanceType("prefunded_ach_credits"))
    ).balance
    assert balance.available == "60.00"
    metrics = client.transfer_metrics_get(TransferMetricsGetRequest())
    assert metrics.iso_currency_code == "USD"
