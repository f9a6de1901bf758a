"""What the scenarios share: Items and Link tokens, refused calls, and a receiver of webhooks."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from plaid import ApiException
from plaid.api.plaid_api import PlaidApi
from plaid.models import (
    AccountsGetRequest,
    CountryCode,
    ItemImportRequest,
    ItemImportRequestUserAuth,
    ItemPublicTokenExchangeRequest,
    LinkTokenCreateRequest,
    LinkTokenCreateRequestUser,
    Products,
    SandboxPublicTokenCreateRequest,
    SandboxPublicTokenCreateRequestOptions,
)

# How long a webhook may take, in seconds. The emulator sends it at once.
PATIENCE = 5


def link(
    client: PlaidApi,
    products: Sequence[str],
    *,
    institution_id: str = "ins_109508",
    username: str = "user_good",
    password: str = "pass_good",
    webhook: str | None = None,
) -> str:
    """Makes an Item without Link, as the Sandbox allows, and returns its access token."""
    options = {"override_username": username, "override_password": password}
    if webhook is not None:
        options["webhook"] = webhook
    request = SandboxPublicTokenCreateRequest(
        institution_id=institution_id,
        initial_products=[Products(product) for product in products],
        options=SandboxPublicTokenCreateRequestOptions(**options),
    )
    public_token = client.sandbox_public_token_create(request).public_token
    exchange = ItemPublicTokenExchangeRequest(public_token=public_token)
    return client.item_public_token_exchange(exchange).access_token


def link_account(client: PlaidApi, products: Sequence[str]) -> dict[str, str]:
    """Makes an Item without Link, and returns its access token and its first account, as transfers name them."""
    access_token = link(client, products)
    accounts = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts
    return {"access_token": access_token, "account_id": accounts[0].account_id}


def link_token(client: PlaidApi, products: Sequence[str] = (), *, country: str = "US", **more: Any) -> str:
    """Makes a Link token for a user, and returns it. One for update mode has no products."""
    if products:
        more["products"] = [Products(product) for product in products]
    request = LinkTokenCreateRequest(
        client_name="Acme",
        language="en",
        country_codes=[CountryCode(country)],
        user=LinkTokenCreateRequestUser(client_user_id="ann"),
        **more,
    )
    return client.link_token_create(request).link_token


def import_item(client: PlaidApi) -> str:
    """Makes an Item by the credentials of a bank's customer, as banks do that move theirs. Returns its access token."""
    user_auth = ItemImportRequestUserAuth(user_id="user_good", auth_token="pass_good")
    return client.item_import(ItemImportRequest(products=[Products("transactions")], user_auth=user_auth)).access_token


@contextmanager
def refused(code: str) -> Iterator[None]:
    """A block whose call is refused with this error code."""
    try:
        yield
    except ApiException as error:
        found = json.loads(error.body)["error_code"]
        assert found == code, f"{found} instead of {code}: {error.body}"
    else:
        raise AssertionError(f"the call succeeds instead of {code}")


def is_pdf(content: bytes) -> bool:
    """Whether a file is a PDF."""
    return content.startswith(b"%PDF-")


class Receiver:
    """A server for webhooks, as an application has one."""

    def __init__(self) -> None:
        self._webhooks: list[tuple[dict[str, Any], bytes, Mapping[str, str]]] = []
        self._arrived = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                self.send_response(200)
                self.end_headers()
                with receiver._arrived:
                    receiver._webhooks.append((json.loads(body), body, headers))
                    receiver._arrived.notify_all()

            def log_message(self, *_: Any) -> None:
                """Says nothing about requests."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhook"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def receive(
        self, code: str, fields: Mapping[str, Any] | None = None
    ) -> tuple[dict[str, Any], bytes, Mapping[str, str]]:
        """Waits for a webhook with this code and these properties. Returns its payload, its body and its headers, whose
        names are in lower case."""
        wanted = {"webhook_code": code, **(fields or {})}

        def found() -> tuple[dict[str, Any], bytes, Mapping[str, str]] | None:
            matches = (one for one in self._webhooks if all(one[0].get(key) == wanted[key] for key in wanted))
            return next(matches, None)

        with self._arrived:
            webhook = self._arrived.wait_for(found, PATIENCE)
        assert webhook, f"no webhook {wanted}, but {[payload for payload, _, _ in self._webhooks]}"
        return webhook

    def wait(self, code: str, fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Waits for a webhook with this code and these properties, and returns its payload."""
        return self.receive(code, fields)[0]

    def stop(self) -> None:
        """Stops it."""
        self._server.shutdown()
        self._server.server_close()
