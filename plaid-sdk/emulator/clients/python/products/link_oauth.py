"""Banks with a login page of their own: the user chooses accounts there, and comes back to the application."""

from urllib.parse import parse_qs, urlsplit

from plaid.models import (
    AccountsGetRequest,
    ItemPublicTokenExchangeRequest,
    LinkOAuthCorrelationIdExchangeRequest,
    LinkTokenCreateRequestPaymentInitiation,
    LinkTokenGetRequest,
    PaymentAmount,
    PaymentAmountCurrency,
    PaymentInitiationPaymentCreateRequest,
    PaymentInitiationRecipientCreateRequest,
    SandboxOauthSelectAccountsRequest,
)
from plaid_emulator import Tenant
from support import link_token, refused

# A bank with such a page.
BANK = "ins_127287"
REDIRECT = "https://example.com/back"


def scenario(plaid: Tenant) -> None:
    client = plaid.client()

    def login(token: str, name: str) -> str:
        """Logs in on the bank's page, and returns what comes back with this name."""
        plaid.control("POST", "link/open", {"link_token": token})
        plaid.control("POST", "link/select", {"link_token": token, "institution_id": BANK})
        session = plaid.control("POST", "link/login", {"link_token": token})
        return parse_qs(urlsplit(session["received_redirect_uri"]).query)[name][0]

    token = link_token(client, ["transactions"], redirect_uri=REDIRECT)
    state = login(token, "oauth_state_id")
    with refused("INVALID_FIELD"):
        client.sandbox_oauth_select_accounts(SandboxOauthSelectAccountsRequest(oauth_state_id=state, accounts=["9999"]))
    client.sandbox_oauth_select_accounts(SandboxOauthSelectAccountsRequest(oauth_state_id=state, accounts=["1111"]))
    [session] = client.link_token_get(LinkTokenGetRequest(link_token=token)).link_sessions
    public_token = session.on_success.public_token
    access_token = client.item_public_token_exchange(
        ItemPublicTokenExchangeRequest(public_token=public_token)
    ).access_token
    accounts = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts
    assert [account.mask for account in accounts] == ["1111"]

    # Who pays may come back in another browser, which knows the token of the session by an id only.
    recipient_id = client.payment_initiation_recipient_create(
        PaymentInitiationRecipientCreateRequest(name="Ann Perkins", iban="GB29NWBK60161331926819")
    ).recipient_id
    payment_id = client.payment_initiation_payment_create(
        PaymentInitiationPaymentCreateRequest(
            recipient_id=recipient_id,
            reference="rent",
            amount=PaymentAmount(currency=PaymentAmountCurrency("GBP"), value=10.5),
        )
    ).payment_id
    paying = link_token(
        client,
        ["payment_initiation"],
        country="GB",
        payment_initiation=LinkTokenCreateRequestPaymentInitiation(payment_id=payment_id),
        redirect_uri=REDIRECT,
    )
    correlation_id = login(paying, "link_correlation_id")
    exchanged = client.link_oauth_correlation_id_exchange(
        LinkOAuthCorrelationIdExchangeRequest(link_correlation_id=correlation_id)
    )
    assert exchanged.link_token == paying
    plaid.advance(30 * 60)
    with refused("INVALID_FIELD"):
        client.link_oauth_correlation_id_exchange(
            LinkOAuthCorrelationIdExchangeRequest(link_correlation_id=correlation_id)
        )
