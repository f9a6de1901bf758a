"""Refunds: one that is cancelled in time leaves nothing, and a debit that Plaid guarantees comes back."""

from plaid.models import (
    SandboxTransferFireWebhookRequest,
    SandboxTransferSimulateRequest,
    TransferGetRequest,
    TransferRefundCancelRequest,
    TransferRefundCreateRequest,
    TransferRefundGetRequest,
    TransferRefundIdempotencyKey,
    TransferRepaymentListRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link_account, refused
from transfers import debit


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    account = link_account(client, ["transfer"])
    transfer = debit(client, account, "25.00", request_guarantee=True)
    assert transfer.guarantee_decision == "GUARANTEED"
    for event in ["posted", "settled"]:
        client.sandbox_transfer_simulate(SandboxTransferSimulateRequest(transfer_id=transfer.id, event_type=event))

    refund_id = client.transfer_refund_create(
        TransferRefundCreateRequest(
            transfer_id=transfer.id, amount="5.00", idempotency_key=TransferRefundIdempotencyKey("refund-1")
        )
    ).refund.id
    client.transfer_refund_cancel(TransferRefundCancelRequest(refund_id=refund_id))
    assert client.transfer_refund_get(TransferRefundGetRequest(refund_id=refund_id)).refund.status.value == "cancelled"

    client.sandbox_transfer_simulate(SandboxTransferSimulateRequest(transfer_id=transfer.id, event_type="returned"))
    assert client.transfer_get(TransferGetRequest(transfer_id=transfer.id)).transfer.status.value == "returned"
    # Nothing is repaid before Plaid asks for it.
    assert client.transfer_repayment_list(TransferRepaymentListRequest()).repayments == []
    with refused("TRANSFER_NOT_CANCELLABLE"):
        client.transfer_refund_cancel(TransferRefundCancelRequest(refund_id=refund_id))
    client.sandbox_transfer_fire_webhook(SandboxTransferFireWebhookRequest(webhook=receiver.url))
    assert receiver.wait("TRANSFER_EVENTS_UPDATE")["webhook_type"] == "TRANSFER"
