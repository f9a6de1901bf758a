"""Recurring transactions: a salary and a subscription are found in the history."""

import json

from plaid.models import TransactionsRecurringGetRequest
from plaid_emulator import Tenant
from support import link


def row(date, amount, description):
    """A transaction as `user_custom` takes it. What comes in is negative."""
    return {"date_transacted": date, "date_posted": date, "amount": amount, "description": description}


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    rows = [row(f"2026-{month}-15", 15.99, "Netflix.com") for month in ["09", "10", "11"]]
    rows += [row(f"2026-{month}-01", -2500, "ACME PAYROLL") for month in ["09", "10", "11"]]
    rows += [row("2026-11-02", 4, "KFC")]
    account = {"type": "depository", "subtype": "checking", "transactions": rows}
    user = {"override_accounts": [account]}
    access_token = link(client, ["transactions"], username="user_custom", password=json.dumps(user))
    found = client.transactions_recurring_get(TransactionsRecurringGetRequest(access_token=access_token))
    [salary] = found.inflow_streams
    [video] = found.outflow_streams
    assert (salary.description, salary.frequency.value, salary.average_amount.amount) == (
        "ACME PAYROLL",
        "MONTHLY",
        -2500,
    )
    assert (video.merchant_name, video.last_amount.amount, video.status.value) == ("Netflix", 15.99, "MATURE")
    assert len(video.transaction_ids) == 3
    assert video.predicted_next_date.isoformat() == "2026-12-15"
