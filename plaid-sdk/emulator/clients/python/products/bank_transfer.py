"""Bank Transfer, the older product: a debit is posted, and comes back as a reversal."""

from plaid.models import (
    BankTransferCancelRequest,
    BankTransferCreateRequest,
    BankTransferEventSyncRequest,
    BankTransferFailure,
    BankTransferGetRequest,
    SandboxBankTransferFireWebhookRequest,
    SandboxBankTransferSimulateRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link_account, refused
from transfers import bank_debit


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    account = link_account(client, ["auth"])
    transfer = client.bank_transfer_create(BankTransferCreateRequest(**account, **bank_debit())).bank_transfer
    assert (transfer.status.value, transfer.amount, transfer.cancellable) == ("pending", "12.34", True)

    client.sandbox_bank_transfer_simulate(
        SandboxBankTransferSimulateRequest(bank_transfer_id=transfer.id, event_type="posted")
    )
    with refused("BANK_TRANSFER_NOT_CANCELLABLE"):
        client.bank_transfer_cancel(BankTransferCancelRequest(bank_transfer_id=transfer.id))
    client.sandbox_bank_transfer_simulate(
        SandboxBankTransferSimulateRequest(
            bank_transfer_id=transfer.id,
            event_type="reversed",
            failure_reason=BankTransferFailure(ach_return_code="R01"),
        )
    )
    assert (
        client.bank_transfer_get(BankTransferGetRequest(bank_transfer_id=transfer.id)).bank_transfer.status.value
        == "reversed"
    )
    events = client.bank_transfer_event_sync(BankTransferEventSyncRequest(after_id=0)).bank_transfer_events
    assert [event.event_type.value for event in events] == ["pending", "posted", "reversed"]
    assert events[2].failure_reason.ach_return_code == "R01"

    client.sandbox_bank_transfer_fire_webhook(SandboxBankTransferFireWebhookRequest(webhook=receiver.url))
    assert receiver.wait("BANK_TRANSFERS_EVENTS_UPDATE")["webhook_type"] == "BANK_TRANSFERS"
    with refused("INVALID_FIELD"):
        client.bank_transfer_get(BankTransferGetRequest(bank_transfer_id="d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d"))
