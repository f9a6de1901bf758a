"""Link: a token, a session that the user leaves, one that succeeds, and its public token."""

from plaid.models import (
    AccountsGetRequest,
    CountryCode,
    ItemPublicTokenExchangeRequest,
    LinkTokenCreateRequest,
    LinkTokenCreateRequestUser,
    LinkTokenGetRequest,
    Products,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    created = client.link_token_create(
        LinkTokenCreateRequest(
            client_name="Acme",
            language="en",
            country_codes=[CountryCode("US")],
            products=[Products("transactions")],
            user=LinkTokenCreateRequestUser(client_user_id="ann"),
        )
    )
    token = created.link_token
    assert token.startswith("link-sandbox-")
    shown = client.link_token_get(LinkTokenGetRequest(link_token=token))
    assert [product.value for product in shown.metadata.initial_products] == ["transactions"]

    # A wrong password, and the user gives up.
    plaid.control("POST", "link/select", {"link_token": token, "institution_id": "ins_109508"})
    wrong = plaid.control("POST", "link/login", {"link_token": token, "username": "user_good", "password": "wrong"})
    assert wrong["error"]["error_code"] == "INVALID_CREDENTIALS"
    plaid.exit_link(token, error_type="ITEM_ERROR", error_code="INVALID_CREDENTIALS")
    [left] = client.link_token_get(LinkTokenGetRequest(link_token=token)).link_sessions
    assert left.exit.error.error_code == "INVALID_CREDENTIALS"
    assert not left.get("on_success")

    # The next attempt shares two accounts.
    done = plaid.complete_link(token, username="user_good", password="pass_good", accounts=["0000", "1111"])
    sessions = client.link_token_get(LinkTokenGetRequest(link_token=token)).link_sessions
    results = [
        result for session in sessions if session.results is not None for result in session.results.item_add_results
    ]
    assert [result.public_token for result in results] == [done["public_token"]]
    item = client.item_public_token_exchange(ItemPublicTokenExchangeRequest(public_token=done["public_token"]))
    accounts = client.accounts_get(AccountsGetRequest(access_token=item.access_token)).accounts
    assert [account.mask for account in accounts] == ["0000", "1111"]
    with refused("INVALID_PUBLIC_TOKEN"):
        client.item_public_token_exchange(ItemPublicTokenExchangeRequest(public_token=done["public_token"]))
