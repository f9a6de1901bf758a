"""Recurring transfers: a test clock lets the weeks of a plan pass."""

from datetime import date, datetime

from plaid.models import (
    SandboxTransferTestClockAdvanceRequest,
    SandboxTransferTestClockCreateRequest,
    TransferListRequest,
    TransferRecurringGetRequest,
)
from plaid_emulator import Tenant
from support import link_account, refused
from transfers import rent


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    account = link_account(client, ["transfer"])
    clock = client.sandbox_transfer_test_clock_create(
        SandboxTransferTestClockCreateRequest(virtual_time=datetime.fromisoformat("2022-11-14T07:00:00-08:00"))
    ).test_clock
    created = rent(client, account, clock.test_clock_id, end_date=date(2022, 11, 30))
    assert created.decision.value == "approved"
    recurring_id = created.recurring_transfer.recurring_transfer_id
    # Three Tuesdays are in the plan.
    for [time, transfers, status] in [
        ["2022-11-15T23:59:00-08:00", 1, "active"],
        ["2022-11-29T23:59:00-08:00", 3, "expired"],
        ["2022-12-06T23:59:00-08:00", 3, "expired"],
    ]:
        client.sandbox_transfer_test_clock_advance(
            SandboxTransferTestClockAdvanceRequest(
                test_clock_id=clock.test_clock_id, new_virtual_time=datetime.fromisoformat(time)
            )
        )
        now = client.transfer_recurring_get(
            TransferRecurringGetRequest(recurring_transfer_id=recurring_id)
        ).recurring_transfer
        assert (len(now.transfer_ids), now.status.value) == (transfers, status)
    with refused("INVALID_FIELD"):
        client.sandbox_transfer_test_clock_advance(
            SandboxTransferTestClockAdvanceRequest(
                test_clock_id=clock.test_clock_id, new_virtual_time=datetime.fromisoformat("2022-11-15T00:00:00-08:00")
            )
        )
    recurring = client.transfer_recurring_get(
        TransferRecurringGetRequest(recurring_transfer_id=recurring_id)
    ).recurring_transfer
    listed = client.transfer_list(TransferListRequest(count=10)).transfers
    assert sorted(one.id for one in listed) == sorted(recurring.transfer_ids)
