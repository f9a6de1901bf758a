"""Auth: account and routing numbers, read at once after a login."""

from plaid.models import (
    AccountsGetRequest,
    AuthGetRequest,
    AuthGetRequestOptions,
)
from plaid_emulator import Tenant
from support import link, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = link(client, ["auth"])
    auth = client.auth_get(AuthGetRequest(access_token=access_token))
    # Only accounts that can be paid from have numbers.
    assert [account.mask for account in auth.accounts] == ["0000", "1111", "9002"]
    [checking, saving, cash] = auth.numbers.ach
    assert (checking.account, checking.routing, checking.wire_routing) == ("1111222233330000", "011401533", "021000021")
    assert saving.account == "1111222233331111"
    assert cash.account == "1111222233339002"
    assert auth.numbers.eft == []

    loan = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts[8]
    assert loan.name == "Plaid Mortgage"
    with refused("NO_AUTH_ACCOUNTS"):
        client.auth_get(
            AuthGetRequest(access_token=access_token, options=AuthGetRequestOptions(account_ids=[loan.account_id]))
        )
