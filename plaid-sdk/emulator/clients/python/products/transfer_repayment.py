"""Repayments: Plaid asks for the guaranteed debits that were returned, in one sum."""

from plaid.models import (
    SandboxTransferSimulateRequest,
    TransferEventListRequest,
    TransferRepaymentListRequest,
    TransferRepaymentReturnListRequest,
)
from plaid_emulator import Tenant
from support import link_account, refused
from transfers import debit


def scenario(plaid: Tenant) -> None:
    client = plaid.client()

    def repay() -> None:
        """Lets Plaid ask for all. The client has no method for this operation of the Sandbox."""
        plaid.call("/sandbox/transfer/repayment/simulate")

    account = link_account(client, ["transfer"])
    first = debit(client, account, "20.00", request_guarantee=True)
    second = debit(client, account, "7.50", request_guarantee=True)
    other = debit(client, account, "3.00")
    for transfer in (first, second, other):
        for event in ("posted", "returned"):
            client.sandbox_transfer_simulate(SandboxTransferSimulateRequest(transfer_id=transfer.id, event_type=event))
    repay()

    [repayment] = client.transfer_repayment_list(TransferRepaymentListRequest()).repayments
    assert repayment.amount == "27.50"
    returns = client.transfer_repayment_return_list(
        TransferRepaymentReturnListRequest(repayment_id=repayment.repayment_id)
    ).repayment_returns
    assert [(one.transfer_id, one.amount) for one in returns] == [(second.id, "7.50"), (first.id, "20.00")]
    events = client.transfer_event_list(TransferEventListRequest(transfer_id=second.id)).transfer_events
    assert (events[0].event_type.value, events[0].event_id) == ("returned", returns[0].event_id)
    with refused("INVALID_FIELD"):
        client.transfer_repayment_return_list(
            TransferRepaymentReturnListRequest(repayment_id="d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d")
        )
