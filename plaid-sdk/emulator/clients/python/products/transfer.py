"""Transfer: a debit is authorized, created and settled, and a refused one never starts."""

from plaid.models import (
    SandboxTransferSimulateRequest,
    TransferAuthorizationIdempotencyKey,
    TransferCancelRequest,
    TransferCreateRequest,
    TransferEventSyncRequest,
    TransferFailure,
    TransferGetRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link_account, refused
from transfers import authorize


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    account = link_account(client, ["transfer"])
    key = TransferAuthorizationIdempotencyKey("order-7")
    authorization = authorize(client, account, "25.00", idempotency_key=key)
    assert (authorization.decision.value, authorization.decision_rationale) == ("approved", None)
    order = TransferCreateRequest(**account, authorization_id=authorization.id, description="order 7")
    transfer = client.transfer_create(order).transfer
    assert (transfer.status.value, transfer.amount, transfer.cancellable) == ("pending", "25.00", True)
    # The same authorization never makes two.
    again = client.transfer_create(order).transfer
    assert again.id == transfer.id

    for event in ["posted", "settled"]:
        client.sandbox_transfer_simulate(
            SandboxTransferSimulateRequest(transfer_id=transfer.id, event_type=event, webhook=receiver.url)
        )
    assert receiver.wait("TRANSFER_EVENTS_UPDATE")["webhook_type"] == "TRANSFER"
    assert client.transfer_get(TransferGetRequest(transfer_id=transfer.id)).transfer.status.value == "settled"
    with refused("TRANSFER_NOT_CANCELLABLE"):
        client.transfer_cancel(TransferCancelRequest(transfer_id=transfer.id))
    events = client.transfer_event_sync(TransferEventSyncRequest(after_id=0)).transfer_events
    assert [event.event_type.value for event in events] == ["pending", "posted", "settled"]

    # The bank returns it. The events go on where the application has read to.
    client.sandbox_transfer_simulate(
        SandboxTransferSimulateRequest(
            transfer_id=transfer.id, event_type="returned", failure_reason=TransferFailure(ach_return_code="R01")
        )
    )
    [returned] = client.transfer_event_sync(TransferEventSyncRequest(after_id=events[2].event_id)).transfer_events
    assert (returned.event_type.value, returned.failure_reason.ach_return_code) == ("returned", "R01")
    with refused("SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID"):
        client.sandbox_transfer_simulate(SandboxTransferSimulateRequest(transfer_id=transfer.id, event_type="posted"))

    # The account has 100 dollars.
    declined = authorize(client, account, "100.01")
    assert (declined.decision.value, declined.decision_rationale.code.value) == ("declined", "NSF")
    with refused("INVALID_FIELD"):
        client.transfer_create(TransferCreateRequest(**account, authorization_id=declined.id, description="order 8"))
