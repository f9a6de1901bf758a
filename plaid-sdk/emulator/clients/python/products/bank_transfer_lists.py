"""Bank Transfer, the older product: the balance, the sweeps and the events that transfers leave."""

from plaid.models import (
    BankTransferBalanceGetRequest,
    BankTransferCancelRequest,
    BankTransferCreateRequest,
    BankTransferDirection,
    BankTransferEventListRequest,
    BankTransferListRequest,
    BankTransferMigrateAccountRequest,
    BankTransferSweepGetRequest,
    BankTransferSweepListRequest,
    SandboxBankTransferSimulateRequest,
)
from plaid_emulator import Tenant
from support import link_account, refused
from transfers import bank_debit


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    account = link_account(client, ["auth"])
    order = BankTransferCreateRequest(**account, **bank_debit())
    transfer_id = client.bank_transfer_create(order).bank_transfer.id
    client.sandbox_bank_transfer_simulate(
        SandboxBankTransferSimulateRequest(bank_transfer_id=transfer_id, event_type="posted")
    )
    assert client.bank_transfer_balance_get(BankTransferBalanceGetRequest()).balance.available == "112.34"
    listed = client.bank_transfer_list(BankTransferListRequest(direction=BankTransferDirection("outbound")))
    assert [one.id for one in listed.bank_transfers] == [transfer_id]
    events = client.bank_transfer_event_list(
        BankTransferEventListRequest(bank_transfer_id=transfer_id)
    ).bank_transfer_events
    assert [event.event_type.value for event in events] == ["posted", "pending"]
    sweep = client.bank_transfer_sweep_list(BankTransferSweepListRequest()).sweeps[0]
    assert client.bank_transfer_sweep_get(BankTransferSweepGetRequest(sweep_id=sweep.id)).sweep.amount == sweep.amount

    migrated = client.bank_transfer_migrate_account(
        BankTransferMigrateAccountRequest(
            account_number="100000000", routing_number="121122676", account_type="checking"
        )
    )
    assert migrated.account_id != account["account_id"]
    other = BankTransferCreateRequest(
        access_token=migrated.access_token, account_id=migrated.account_id, **bank_debit("rent-2")
    )
    second = client.bank_transfer_create(other).bank_transfer.id
    client.bank_transfer_cancel(BankTransferCancelRequest(bank_transfer_id=second))
    with refused("INVALID_FIELD"):
        client.bank_transfer_sweep_get(BankTransferSweepGetRequest(sweep_id="d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d"))
