"""Signal: the day on which a debit has the best chance."""

from plaid.models import SignalScheduleRequest
from plaid_emulator import Tenant
from support import link_account


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    account = link_account(client, ["signal"])
    days = client.signal_schedule(SignalScheduleRequest(**account, client_transaction_id="order-7", amount=12.17))
    best = next(one for one in days.recommendations if one.rank == 1)
    assert (best.date, best.recommendation.value) == (days.optimal_date, "RECOMMENDED")
