"""Hosted Link: Plaid shows the page, and webhooks say what the user did on it.

The scenario in Node also sends the page to a person. The client of Python has no methods for that.
"""

from plaid.models import (
    AuthGetRequest,
    CountryCode,
    ItemPublicTokenExchangeRequest,
    LinkTokenCreateHostedLink,
    LinkTokenCreateRequest,
    LinkTokenCreateRequestUser,
    Products,
)
from plaid_emulator import Tenant
from support import Receiver


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    created = client.link_token_create(
        LinkTokenCreateRequest(
            client_name="Acme",
            language="en",
            country_codes=[CountryCode("US")],
            products=[Products("auth")],
            user=LinkTokenCreateRequestUser(client_user_id="ann", phone_number="+14155550123"),
            webhook=receiver.url,
            hosted_link=LinkTokenCreateHostedLink(completion_redirect_uri="https://example.com/done"),
        )
    )
    assert created.hosted_link_url is not None
    plaid.complete_link(created.link_token)
    added = receiver.wait("ITEM_ADD_RESULT", {"link_token": created.link_token})
    finished = receiver.wait("SESSION_FINISHED", {"link_token": created.link_token})
    assert (finished["status"], finished["public_tokens"]) == ("SUCCESS", [added["public_token"]])
    access_token = client.item_public_token_exchange(
        ItemPublicTokenExchangeRequest(public_token=added["public_token"])
    ).access_token
    assert len(client.auth_get(AuthGetRequest(access_token=access_token)).numbers.ach) == 3

    other = client.link_token_create(
        LinkTokenCreateRequest(
            client_name="Acme",
            language="en",
            country_codes=[CountryCode("US")],
            products=[Products("auth")],
            user=LinkTokenCreateRequestUser(client_user_id="bob"),
            webhook=receiver.url,
            hosted_link=LinkTokenCreateHostedLink(),
        )
    )
    plaid.exit_link(other.link_token)
    left = receiver.wait("SESSION_FINISHED", {"link_token": other.link_token})
    assert left["status"] == "EXITED"
