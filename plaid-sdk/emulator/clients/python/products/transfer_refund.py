"""Refunds: a part of a settled debit goes back to the customer, out of the ledger."""

from plaid.models import (
    SandboxTransferRefundSimulateRequest,
    SandboxTransferSimulateRequest,
    TransferGetRequest,
    TransferLedgerGetRequest,
    TransferRefundCreateRequest,
    TransferRefundGetRequest,
    TransferRefundIdempotencyKey,
)
from plaid_emulator import Tenant
from support import link_account, refused
from transfers import debit


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    account = link_account(client, ["transfer"])
    transfer = debit(client, account, "25.00")
    for event in ["posted", "settled", "funds_available"]:
        client.sandbox_transfer_simulate(SandboxTransferSimulateRequest(transfer_id=transfer.id, event_type=event))
    # A ledger of the Sandbox starts with 100 dollars.
    assert client.transfer_ledger_get(TransferLedgerGetRequest()).balance.available == "125.00"

    refund = client.transfer_refund_create(
        TransferRefundCreateRequest(
            transfer_id=transfer.id, amount="10.00", idempotency_key=TransferRefundIdempotencyKey("refund-1")
        )
    ).refund
    assert refund.status.value == "pending"
    assert client.transfer_ledger_get(TransferLedgerGetRequest()).balance.available == "115.00"
    again = client.transfer_refund_create(
        TransferRefundCreateRequest(
            transfer_id=transfer.id, amount="10.00", idempotency_key=TransferRefundIdempotencyKey("refund-1")
        )
    ).refund
    assert again.id == refund.id
    with refused("INVALID_FIELD"):
        client.transfer_refund_create(
            TransferRefundCreateRequest(
                transfer_id=transfer.id, amount="15.01", idempotency_key=TransferRefundIdempotencyKey("refund-2")
            )
        )
    for event in ["refund.posted", "refund.settled"]:
        client.sandbox_transfer_refund_simulate(
            SandboxTransferRefundSimulateRequest(refund_id=refund.id, event_type=event)
        )
    assert client.transfer_refund_get(TransferRefundGetRequest(refund_id=refund.id)).refund.status.value == "settled"
    [shown] = client.transfer_get(TransferGetRequest(transfer_id=transfer.id)).transfer.refunds
    assert (shown.id, shown.amount) == (refund.id, "10.00")
