"""One client id of an emulator, with all that belongs to it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

if TYPE_CHECKING:
    # The package says nothing about its types.
    import plaid  # type: ignore[import-untyped]
    from plaid.api.plaid_api import PlaidApi  # type: ignore[import-untyped]

SECRET = "emulator-secret"

# The emulator is on this machine or in its network: a proxy of the environment does not lead there.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class EmulatorError(Exception):
    """A call or a control that was refused."""

    def __init__(self, message: str, status: int, body: Any) -> None:
        super().__init__(message)
        self.status = status
        """The status of the response."""
        self.body = body
        """Its body: JSON, or text if it is none."""


def _send(method: str, url: str, headers: Mapping[str, str], body: Any) -> Any:
    data = None if body is None else json.dumps(body).encode()
    all_headers = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(url, data=data, headers=all_headers, method=method)
    try:
        with _opener.open(request) as response:
            status, text = response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            status, text = error.code, error.read()
    try:
        value = json.loads(text)
    except ValueError:
        reason = f"{method} {url} answers with status {status} and no JSON"
        raise EmulatorError(reason, status, text.decode(errors="replace")) from None
    if status < 400:
        return value
    if "error_code" in value:
        reason = f"{value['error_type']} {value['error_code']}: {value['error_message']}"
    else:
        reason = f"{value.get('error')} ({value.get('help')})"
    raise EmulatorError(reason, status, value)


def _present(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _readable(webhook: dict[str, Any]) -> dict[str, Any]:
    return {**webhook, "payload": json.loads(webhook["body"])}


class Tenant:
    """The tenant of a client id, as it is. `Emulator.tenant` makes a new one."""

    def __init__(self, url: str, client_id: str, secret: str = SECRET) -> None:
        self.url = url
        self.client_id = client_id
        self.secret = secret

    def client(self) -> PlaidApi:
        """Plaid's client, from the package plaid-python."""
        import plaid
        from plaid.api.plaid_api import PlaidApi

        return PlaidApi(plaid.ApiClient(self.configuration()))

    def configuration(self) -> plaid.Configuration:
        """The configuration of Plaid's client, from the package plaid-python."""
        import plaid

        return plaid.Configuration(host=self.url, api_key={"clientId": self.client_id, "secret": self.secret})

    def environment(self) -> dict[str, str]:
        """The environment of a program that calls Plaid."""
        return {
            "PLAID_BASE_URL": self.url,
            "PLAID_CLIENT_ID": self.client_id,
            "PLAID_SECRET": self.secret,
            "PLAID_ENV": "sandbox",
        }

    def call(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Calls an operation of the API without a client: `call("/accounts/get", {"access_token": token})`."""
        headers = {"PLAID-CLIENT-ID": self.client_id, "PLAID-SECRET": self.secret}
        return _send("POST", self.url + path, headers, body or {})

    def control(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Uses one of the controls that the README lists: `control("POST", "clock/advance", {"seconds": 60})`."""
        sent = None if method == "GET" else (body or {})
        return _send(method, f"{self.url}/_plaid/{path}", {"PLAID-CLIENT-ID": self.client_id}, sent)

    def _item(self, item: str, verb: str, body: Mapping[str, Any] | None = None) -> Any:
        return self.control("POST", f"items/{quote(item, safe='')}/{verb}", body)

    def complete_link(
        self,
        link_token: str,
        *,
        institution_id: str | None = None,
        username: str | None = None,
        password: str | None = None,
        accounts: Sequence[str] | None = None,
        numbers: Mapping[str, str] | None = None,
        code: str | None = None,
    ) -> dict[str, Any]:
        """Does all that a user does in Link. The answer has the `public_token`.

        accounts: the masks of those that the user shares. numbers: an account that the user enters instead of a login. code: that
        of a micro-deposit, in update mode.
        """
        fields = _present(
            link_token=link_token,
            institution_id=institution_id,
            username=username,
            password=password,
            accounts=accounts,
            numbers=numbers,
            code=code,
        )
        return cast("dict[str, Any]", self.control("POST", "link/complete", fields))

    def exit_link(self, link_token: str, *, error_type: str | None = None, error_code: str | None = None) -> Any:
        """Leaves Link as a user does."""
        fields = _present(link_token=link_token, error_type=error_type, error_code=error_code)
        return self.control("POST", "link/exit", fields)

    def clock(self) -> dict[str, Any]:
        """The clock: `now`, whether it is `frozen`, and when the `next` event is due."""
        return cast("dict[str, Any]", self.control("GET", "clock"))

    def freeze(self) -> dict[str, Any]:
        """Lets the clock stand still."""
        return cast("dict[str, Any]", self.control("POST", "clock/freeze"))

    def advance(self, far: timedelta | float | datetime | str) -> dict[str, Any]:
        """Moves the clock: by a duration or seconds, to a time, or to the `"next"` event. All that becomes due happens."""
        if isinstance(far, timedelta):
            far = far.total_seconds()
        if isinstance(far, (int, float)):
            body: dict[str, Any] = {"seconds": int(far)}
        elif isinstance(far, datetime):
            body = {"to": far.astimezone(timezone.utc).isoformat()}
        else:
            body = {"to": far}
        return cast("dict[str, Any]", self.control("POST", "clock/advance", body))

    def fault(
        self,
        *,
        error_code: str | None = None,
        error_type: str | None = None,
        error_message: str | None = None,
        http: int | None = None,
        delay_ms: int | None = None,
        drop: bool | None = None,
        truncate: bool | None = None,
        unknown_value: str | None = None,
        null: str | None = None,
        operation: str | None = None,
        item: str | None = None,
        skip: int | None = None,
        count: int | None = None,
        percent: int | None = None,
    ) -> int:
        """Orders a fault and returns its number.

        One of error_code, http (the status of a proxy), delay_ms, drop and truncate (of the connection), unknown_value and null
        (the name of a property) says what goes wrong. operation, item, skip, count and percent say for which calls.
        """
        fields = _present(
            error_code=error_code,
            error_type=error_type,
            error_message=error_message,
            http=http,
            delay_ms=delay_ms,
            drop=drop,
            truncate=truncate,
            unknown_value=unknown_value,
            null=null,
            operation=operation,
            item=item,
            skip=skip,
            count=count,
            percent=percent,
        )
        return cast(int, self.control("POST", "faults", fields)["id"])

    def clear_faults(self) -> None:
        """Takes back all faults."""
        self.control("DELETE", "faults")

    def break_item(self, item: str, *, error_type: str | None = None, error_code: str | None = None) -> None:
        """Breaks an Item, by its id or access token. Without an error, its user has to log in again."""
        self._item(item, "break", _present(error_type=error_type, error_code=error_code))

    def repair_item(self, item: str) -> None:
        """Repairs an Item."""
        self._item(item, "repair")

    def revoke_item(self, item: str) -> None:
        """Takes the user's permission back."""
        self._item(item, "revoke")

    def append_transactions(self, item: str, account: str, transactions: Sequence[Mapping[str, Any]]) -> Any:
        """Adds transactions to an account of an Item."""
        return self._item(item, "append_transactions", {"account": account, "transactions": transactions})

    def fire_webhook(self, access_token: str, code: str, kind: str | None = None) -> None:
        """Lets the API send a webhook, by `/sandbox/item/fire_webhook`."""
        fields = _present(access_token=access_token, webhook_code=code, webhook_type=kind)
        self.call("/sandbox/item/fire_webhook", fields)

    def webhooks(self) -> list[dict[str, Any]]:
        """All webhooks, also those that nobody receives. `payload` is the body as an object."""
        return [_readable(webhook) for webhook in self.control("GET", "webhooks")["webhooks"]]

    def wait_for_webhook(
        self, code: str, *, kind: str | None = None, timeout: int | None = None, after: int | None = None
    ) -> dict[str, Any]:
        """Waits for a webhook, `timeout` seconds at most. With `after`, only for one after that webhook."""
        fields = _present(code=code, type=kind, timeout=timeout, after=after)
        return _readable(self.control("POST", "webhooks/wait", fields)["webhook"])

    def requests(self) -> list[dict[str, Any]]:
        """The last 1,000 requests with their responses."""
        return cast("list[dict[str, Any]]", self.control("GET", "requests")["requests"])

    def seed(self, wanted: Mapping[str, Any] | None = None) -> Any:
        """Makes users and Items, or one object of each kind."""
        return self.control("POST", "seed", wanted)

    def snapshot(self, name: str) -> None:
        """Keeps all that the tenant has under a name."""
        self.control("POST", "snapshot", {"name": name})

    def restore(self, name: str) -> None:
        """Puts back what was kept under a name."""
        self.control("POST", "restore", {"name": name})

    def reset(self) -> None:
        """Forgets all that the tenant has."""
        self.control("POST", "reset")
        self.control("POST", "tenant", {"secret": self.secret})
