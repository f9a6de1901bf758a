"""Investments: the numbers and the owners that another broker needs."""

from plaid.models import InvestmentsAuthGetRequest
from plaid_emulator import Tenant
from support import link, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = link(client, ["investments_auth"])
    found = client.investments_auth_get(InvestmentsAuthGetRequest(access_token=access_token))
    ids = {account.account_id for account in found.accounts}
    assert found.holdings
    assert all(holding.account_id in ids for holding in found.holdings)
    assert all(number.account_id in ids for number in found.numbers.acats)
    other = link(client, ["auth"])
    with refused("PRODUCT_NOT_ENABLED"):
        client.investments_auth_get(InvestmentsAuthGetRequest(access_token=other))
