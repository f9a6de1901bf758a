"""Signal: the day on which a debit has the best chance."""

from plaid.models import AccountsGetRequest, SignalScheduleRequest
from plaid_emulator import Tenant
from support import link


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = link(client, ["signal"])
    account_id = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts[0].account_id
    days = client.signal_schedule(
        SignalScheduleRequest(
            access_token=access_token, account_id=account_id, client_transaction_id="order-7", amount=12.17
        )
    )
    best = next(one for one in days.recommendations if one.rank == 1)
    assert (best.date, best.recommendation.value) == (days.optimal_date, "RECOMMENDED")
