"""Auth without a login: a user enters numbers, and the code of a deposit proves that the account is theirs."""

from datetime import date

from plaid.models import (
    AccountsGetRequest,
    AuthGetRequest,
    ItemPublicTokenExchangeRequest,
    LinkTokenCreateRequestAuth,
    TransactionsGetRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link_token, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    token = link_token(
        client, ["auth"], webhook=receiver.url, auth=LinkTokenCreateRequestAuth(same_day_microdeposits_enabled=True)
    )
    numbers = {"account": "1111222233330000", "routing": "110000000", "name": "Ann Perkins", "subtype": "checking"}
    done = plaid.complete_link(token, numbers=numbers)
    access_token = client.item_public_token_exchange(
        ItemPublicTokenExchangeRequest(public_token=done["public_token"])
    ).access_token
    [account] = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts
    assert account.verification_status == "pending_manual_verification"
    with refused("PRODUCT_NOT_READY"):
        client.auth_get(AuthGetRequest(access_token=access_token))

    # The user comes back with the code that the bank shows beside the deposit.
    again = link_token(client, access_token=access_token)
    plaid.complete_link(again, code="ABC")
    auth = client.auth_get(AuthGetRequest(access_token=access_token))
    assert auth.accounts[0].verification_status == "manually_verified"
    assert (auth.numbers.ach[0].account, auth.numbers.ach[0].routing) == ("1111222233330000", "110000000")
    with refused("PRODUCTS_NOT_SUPPORTED"):
        client.transactions_get(
            TransactionsGetRequest(access_token=access_token, start_date=date(2026, 11, 1), end_date=date(2026, 11, 30))
        )
