"""Recurring transfers: a plan is listed with its test clock, and ended by the application."""

from datetime import datetime

from plaid.models import (
    SandboxTransferTestClockCreateRequest,
    SandboxTransferTestClockGetRequest,
    SandboxTransferTestClockListRequest,
    TransferRecurringCancelRequest,
    TransferRecurringGetRequest,
    TransferRecurringListRequest,
)
from plaid_emulator import Tenant
from support import link_account, refused
from transfers import rent


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    account = link_account(client, ["transfer"])
    clock = client.sandbox_transfer_test_clock_create(
        SandboxTransferTestClockCreateRequest(virtual_time=datetime.fromisoformat("2022-11-14T15:00:00+00:00"))
    ).test_clock.test_clock_id
    plan = rent(client, account, clock).recurring_transfer.recurring_transfer_id
    listed = client.transfer_recurring_list(TransferRecurringListRequest())
    assert [one.recurring_transfer_id for one in listed.recurring_transfers] == [plan]
    assert (
        client.sandbox_transfer_test_clock_get(
            SandboxTransferTestClockGetRequest(test_clock_id=clock)
        ).test_clock.test_clock_id
        == clock
    )
    assert len(client.sandbox_transfer_test_clock_list(SandboxTransferTestClockListRequest()).test_clocks) == 1

    client.transfer_recurring_cancel(TransferRecurringCancelRequest(recurring_transfer_id=plan))
    ended = client.transfer_recurring_get(TransferRecurringGetRequest(recurring_transfer_id=plan)).recurring_transfer
    assert ended.status.value == "cancelled"
    with refused("INVALID_FIELD"):
        client.transfer_recurring_cancel(TransferRecurringCancelRequest(recurring_transfer_id=plan))
