"""Accounts: what a user shares, and balances that the bank is asked for."""

from plaid.models import (
    AccountsBalanceGetRequest,
    AccountsBalanceGetRequestOptions,
    AccountsGetRequest,
)
from plaid_emulator import Tenant
from support import link, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = link(client, ["transactions"])
    accounts = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts
    assert len(accounts) == 14
    checking = accounts[0]
    assert (checking.mask, checking.type.value, checking.subtype.value) == ("0000", "depository", "checking")
    assert (checking.balances.available, checking.balances.current) == (100, 110)

    # A bank that sees a purchase shows another balance from then on.
    plaid.control("POST", f"items/{access_token}/balances", {"account": "0000", "available": 80.5, "current": 90.5})
    [fresh] = client.accounts_balance_get(
        AccountsBalanceGetRequest(
            access_token=access_token, options=AccountsBalanceGetRequestOptions(account_ids=[checking.account_id])
        )
    ).accounts
    assert (fresh.account_id, fresh.balances.available, fresh.balances.current) == (checking.account_id, 80.5, 90.5)

    with refused("INVALID_FIELD"):
        client.accounts_balance_get(
            AccountsBalanceGetRequest(
                access_token=access_token, options=AccountsBalanceGetRequestOptions(account_ids=["unknown"])
            )
        )
    with refused("INVALID_ACCESS_TOKEN"):
        client.accounts_get(AccountsGetRequest(access_token="access-sandbox-00000000-0000-0000-0000-000000000000"))
