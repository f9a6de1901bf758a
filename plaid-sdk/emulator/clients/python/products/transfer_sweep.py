"""Sweeps: what many transfers come to arrives at the business's own account in one sum."""

from plaid.models import (
    SandboxTransferSimulateRequest,
    SandboxTransferSweepSimulateRequest,
    TransferEventListRequest,
    TransferFailure,
    TransferGetRequest,
    TransferSweepGetRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link_account
from transfers import debit


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    account = link_account(client, ["transfer"])
    first = debit(client, account, "20.00")
    second = debit(client, account, "7.50")
    for transfer in [first, second]:
        client.sandbox_transfer_simulate(SandboxTransferSimulateRequest(transfer_id=transfer.id, event_type="posted"))
    sweep = client.sandbox_transfer_sweep_simulate(SandboxTransferSweepSimulateRequest(webhook=receiver.url)).sweep
    assert sweep.amount == "27.50"
    receiver.wait("TRANSFER_EVENTS_UPDATE")
    assert client.transfer_get(TransferGetRequest(transfer_id=first.id)).transfer.sweep_status.value == "swept"
    # A bank statement shows the first eight characters of the id.
    assert client.transfer_sweep_get(TransferSweepGetRequest(sweep_id=sweep.id[:8])).sweep.id == sweep.id
    events = client.transfer_event_list(TransferEventListRequest(transfer_id=second.id)).transfer_events
    assert [event.event_type.value for event in events] == ["swept", "posted", "pending"]

    # What comes back after that is asked for again.
    client.sandbox_transfer_simulate(
        SandboxTransferSimulateRequest(
            transfer_id=first.id, event_type="returned", failure_reason=TransferFailure(ach_return_code="R01")
        )
    )
    back = client.sandbox_transfer_sweep_simulate(SandboxTransferSweepSimulateRequest()).sweep
    assert back.amount == "-20.00"
    assert client.transfer_get(TransferGetRequest(transfer_id=first.id)).transfer.sweep_status.value == "return_swept"
