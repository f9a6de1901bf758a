"""Ledgers: money is deposited, paid out and swept, and the balance is the sum of it."""

from plaid.models import (
    LedgerDepositIdempotencyKey,
    LedgerWithdrawIdempotencyKey,
    SandboxTransferLedgerDepositSimulateRequest,
    SandboxTransferLedgerSimulateAvailableRequest,
    SandboxTransferLedgerWithdrawSimulateRequest,
    TransferACHNetwork,
    TransferEventSyncRequest,
    TransferLedgerDepositRequest,
    TransferLedgerGetRequest,
    TransferLedgerSweepSimulateEventType,
    TransferLedgerWithdrawRequest,
    TransferNetwork,
    TransferSweepGetRequest,
    TransferSweepListRequest,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    start = client.transfer_ledger_get(TransferLedgerGetRequest()).balance
    assert (start.available, start.pending) == ("100.00", "0.00")
    deposit = client.transfer_ledger_deposit(
        TransferLedgerDepositRequest(
            amount="50.25", idempotency_key=LedgerDepositIdempotencyKey("deposit-1"), network=TransferACHNetwork("ach")
        )
    ).sweep
    assert (deposit.amount, deposit.status.value) == ("-50.25", "pending")
    assert client.transfer_ledger_get(TransferLedgerGetRequest()).balance.pending == "50.25"
    for event in ["sweep.posted", "sweep.settled"]:
        client.sandbox_transfer_ledger_deposit_simulate(
            SandboxTransferLedgerDepositSimulateRequest(
                sweep_id=deposit.id, event_type=TransferLedgerSweepSimulateEventType(event)
            )
        )
    client.sandbox_transfer_ledger_simulate_available(SandboxTransferLedgerSimulateAvailableRequest())
    balance = client.transfer_ledger_get(TransferLedgerGetRequest()).balance
    assert (balance.available, balance.pending) == ("150.25", "0.00")
    assert (
        client.transfer_sweep_get(TransferSweepGetRequest(sweep_id=deposit.id)).sweep.status.value == "funds_available"
    )

    withdrawal = client.transfer_ledger_withdraw(
        TransferLedgerWithdrawRequest(
            amount="150.00",
            idempotency_key=LedgerWithdrawIdempotencyKey("withdrawal-1"),
            network=TransferNetwork("ach"),
        )
    ).sweep
    assert client.transfer_ledger_get(TransferLedgerGetRequest()).balance.available == "0.25"
    client.sandbox_transfer_ledger_withdraw_simulate(
        SandboxTransferLedgerWithdrawSimulateRequest(
            sweep_id=withdrawal.id, event_type=TransferLedgerSweepSimulateEventType("sweep.failed")
        )
    )
    assert client.transfer_ledger_get(TransferLedgerGetRequest()).balance.available == "150.25"
    with refused("INVALID_FIELD"):
        client.transfer_ledger_withdraw(
            TransferLedgerWithdrawRequest(
                amount="150.26",
                idempotency_key=LedgerWithdrawIdempotencyKey("withdrawal-2"),
                network=TransferNetwork("ach"),
            )
        )
    assert len(client.transfer_sweep_list(TransferSweepListRequest()).sweeps) == 2
    events = client.transfer_event_sync(TransferEventSyncRequest(after_id=0)).transfer_events
    assert [event.event_type.value for event in events if event.sweep_id == withdrawal.id] == [
        "sweep.pending",
        "sweep.failed",
    ]
