"""Bank Transfer, the older product: the balance, the sweeps and the events that transfers leave."""

from plaid.models import (
    AccountsGetRequest,
    ACHClass,
    BankTransferBalanceGetRequest,
    BankTransferCancelRequest,
    BankTransferCreateRequest,
    BankTransferDirection,
    BankTransferEventListRequest,
    BankTransferIdempotencyKey,
    BankTransferListRequest,
    BankTransferMigrateAccountRequest,
    BankTransferNetwork,
    BankTransferSweepGetRequest,
    BankTransferSweepListRequest,
    BankTransferType,
    BankTransferUser,
    SandboxBankTransferSimulateRequest,
)
from plaid_emulator import Tenant
from support import link, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = link(client, ["auth"])
    account_id = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts[0].account_id

    def debit(key: str, access_token: str, account_id: str) -> str:
        return client.bank_transfer_create(
            BankTransferCreateRequest(
                idempotency_key=BankTransferIdempotencyKey(key),
                access_token=access_token,
                account_id=account_id,
                type=BankTransferType("debit"),
                network=BankTransferNetwork("ach"),
                amount="12.34",
                iso_currency_code="USD",
                description="rent",
                ach_class=ACHClass("web"),
                user=BankTransferUser(legal_name="Anne Charleston"),
            )
        ).bank_transfer.id

    transfer_id = debit("rent-1", access_token, account_id)
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
    assert migrated.account_id != account_id
    second = debit("rent-2", migrated.access_token, migrated.account_id)
    client.bank_transfer_cancel(BankTransferCancelRequest(bank_transfer_id=second))
    with refused("INVALID_FIELD"):
        client.bank_transfer_sweep_get(BankTransferSweepGetRequest(sweep_id="d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d"))
