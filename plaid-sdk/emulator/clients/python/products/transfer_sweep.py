"""Sweeps: what many transfers come to arrives at the business's own account in one sum."""

from plaid.models import (
    AccountsGetRequest,
    ACHClass,
    SandboxTransferSimulateRequest,
    SandboxTransferSweepSimulateRequest,
    TransferAuthorizationCreateRequest,
    TransferAuthorizationUserInRequest,
    TransferCreateRequest,
    TransferEventListRequest,
    TransferFailure,
    TransferGetRequest,
    TransferNetwork,
    TransferSweepGetRequest,
    TransferType,
)
from plaid_emulator import Tenant
from support import Receiver, link


def debit(client, access_token, account_id, amount):
    """A debit that was authorized and created."""
    authorization = client.transfer_authorization_create(
        TransferAuthorizationCreateRequest(
            access_token=access_token,
            account_id=account_id,
            type=TransferType("debit"),
            network=TransferNetwork("ach"),
            ach_class=ACHClass("web"),
            amount=amount,
            user=TransferAuthorizationUserInRequest(legal_name="Anne Charleston"),
        )
    ).authorization
    return client.transfer_create(
        TransferCreateRequest(
            access_token=access_token, account_id=account_id, authorization_id=authorization.id, description="order"
        )
    ).transfer


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    access_token = link(client, ["transfer"])
    account_id = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts[0].account_id
    first = debit(client, access_token, account_id, "20.00")
    second = debit(client, access_token, account_id, "7.50")
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
