"""What the scenarios share: what they start with, refused calls, and a receiver of webhooks."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from plaid import ApiException
from plaid.api.plaid_api import PlaidApi
from plaid.models import (
    AccountsGetRequest,
    ACHClass,
    BankTransferIdempotencyKey,
    BankTransferNetwork,
    BankTransferType,
    BankTransferUser,
    ClientUserIdentity,
    ClientUserIdentityAddress,
    ClientUserIdentityEmail,
    ClientUserIdentityName,
    ClientUserIdentityPhoneNumber,
    CountryCode,
    IncomeVerificationDocParsingConfig,
    IncomeVerificationPayrollFlowType,
    IncomeVerificationSourceType,
    ItemGetRequest,
    ItemImportRequest,
    ItemImportRequestUserAuth,
    ItemPublicTokenExchangeRequest,
    LinkTokenCreateRequest,
    LinkTokenCreateRequestIncomeVerification,
    LinkTokenCreateRequestIncomeVerificationPayrollIncome,
    LinkTokenCreateRequestUser,
    Products,
    SandboxPublicTokenCreateRequest,
    SandboxPublicTokenCreateRequestIncomeVerificationBankIncome,
    SandboxPublicTokenCreateRequestOptions,
    SandboxPublicTokenCreateRequestOptionsIncomeVerification,
    Transfer,
    TransferAuthorization,
    TransferAuthorizationCreateRequest,
    TransferAuthorizationUserInRequest,
    TransferCreateRequest,
    TransferNetwork,
    TransferRecurringCreateRequest,
    TransferRecurringCreateResponse,
    TransferRecurringIdempotencyKey,
    TransferRecurringNetwork,
    TransferRecurringSchedule,
    TransferScheduleIntervalUnit,
    TransferType,
    TransferUserInRequest,
    UserCreateRequest,
    UserCreateResponse,
    UserItemsAssociateRequest,
)
from plaid_emulator import Tenant

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


def authorize(
    client: PlaidApi, account: Mapping[str, str], amount: str, *, ach_class: str = "web", **more: Any
) -> TransferAuthorization:
    """Asks whether an account can be debited, and returns the authorization."""
    request = TransferAuthorizationCreateRequest(
        **account,
        type=TransferType("debit"),
        network=TransferNetwork("ach"),
        ach_class=ACHClass(ach_class),
        amount=amount,
        user=TransferAuthorizationUserInRequest(legal_name="Anne Charleston"),
        **more,
    )
    return client.transfer_authorization_create(request).authorization


def debit(client: PlaidApi, account: Mapping[str, str], amount: str, **more: Any) -> Transfer:
    """Authorizes and creates a debit, and returns the transfer."""
    authorization = authorize(client, account, amount, **more)
    request = TransferCreateRequest(**account, authorization_id=authorization.id, description="order 7")
    return client.transfer_create(request).transfer


def bank_debit(key: str = "rent-1") -> dict[str, Any]:
    """A debit of Bank Transfer, the older product, without the account."""
    return {
        "idempotency_key": BankTransferIdempotencyKey(key),
        "type": BankTransferType("debit"),
        "network": BankTransferNetwork("ach"),
        "amount": "12.34",
        "iso_currency_code": "USD",
        "description": "rent",
        "ach_class": ACHClass("web"),
        "user": BankTransferUser(legal_name="Anne Charleston"),
    }


def bank_income(client: PlaidApi, receiver: Receiver) -> tuple[UserCreateResponse, str]:
    """Makes a user with an Item that receives salaries, and waits for the report about them. Returns the user and the
    Item's id."""
    user = client.user_create(UserCreateRequest(client_user_id="ann"))
    public_token = client.sandbox_public_token_create(
        SandboxPublicTokenCreateRequest(
            institution_id="ins_109508",
            initial_products=[Products("income_verification"), Products("transactions")],
            user_token=user.user_token,
            options=SandboxPublicTokenCreateRequestOptions(
                override_username="user_bank_income",
                override_password="{}",
                webhook=receiver.url,
                income_verification=SandboxPublicTokenCreateRequestOptionsIncomeVerification(
                    income_source_types=[IncomeVerificationSourceType("bank")],
                    bank_income=SandboxPublicTokenCreateRequestIncomeVerificationBankIncome(days_requested=120),
                ),
            ),
        )
    ).public_token
    item_id = client.item_public_token_exchange(ItemPublicTokenExchangeRequest(public_token=public_token)).item_id
    assert receiver.wait("BANK_INCOME_COMPLETE")["result"] == "SUCCESS"
    return user, item_id


def import_item(client: PlaidApi) -> str:
    """Makes an Item by the credentials of a bank's customer, as banks do that move theirs. Returns its access token."""
    user_auth = ItemImportRequestUserAuth(user_id="user_good", auth_token="pass_good")
    return client.item_import(ItemImportRequest(products=[Products("transactions")], user_auth=user_auth)).access_token


def link_payroll(
    plaid: Tenant, client: PlaidApi, receiver: Receiver, user_token: str, flow: str, parsing: Sequence[str] = ()
) -> dict[str, Any]:
    """Lets a user link a payroll, or upload documents of one, and waits until they were read. Returns the webhook."""
    payroll = LinkTokenCreateRequestIncomeVerificationPayrollIncome(
        flow_types=[IncomeVerificationPayrollFlowType(flow)]
    )
    if parsing:
        payroll.parsing_config = [IncomeVerificationDocParsingConfig(wanted) for wanted in parsing]
    token = link_token(
        client,
        ["income_verification"],
        user_token=user_token,
        webhook=receiver.url,
        income_verification=LinkTokenCreateRequestIncomeVerification(
            income_source_types=[IncomeVerificationSourceType("payroll")], payroll_income=payroll
        ),
    )
    plaid.complete_link(token)
    done = receiver.wait("INCOME_VERIFICATION")
    assert done["verification_status"] == "VERIFICATION_STATUS_PROCESSING_COMPLETE"
    return done


def borrower(client: PlaidApi) -> UserCreateResponse:
    """Makes a user about whom a consumer report can be made."""
    identity = ClientUserIdentity(
        name=ClientUserIdentityName(given_name="Anna", family_name="Charleston"),
        date_of_birth=date(1975, 1, 18),
        emails=[ClientUserIdentityEmail(data="anna@example.com", primary=True)],
        phone_numbers=[ClientUserIdentityPhoneNumber(data="+14155550011", primary=True)],
        addresses=[
            ClientUserIdentityAddress(
                street_1="2493 Leisure Lane",
                city="San Matias",
                region="CA",
                postal_code="93405",
                country="US",
                primary=True,
            )
        ],
    )
    return client.user_create(UserCreateRequest(client_user_id="ann", identity=identity))


def link_for(client: PlaidApi, user_id: str) -> tuple[str, str]:
    """Makes an Item without Link and gives it to a user. Returns its access token and its id."""
    access_token = link(client, ["transactions"])
    item_id = client.item_get(ItemGetRequest(access_token=access_token)).item.item_id
    client.user_items_associate(UserItemsAssociateRequest(user_id=user_id, item_ids=[item_id]))
    return access_token, item_id


def rent(
    client: PlaidApi, account: Mapping[str, str], test_clock_id: str, **end: date
) -> TransferRecurringCreateResponse:
    """A weekly debit, which a test clock lets pass."""
    schedule = TransferRecurringSchedule(
        interval_unit=TransferScheduleIntervalUnit("week"),
        interval_count=1,
        interval_execution_day=2,
        start_date=date(2022, 11, 15),
        **end,
    )
    return client.transfer_recurring_create(
        TransferRecurringCreateRequest(
            **account,
            type=TransferType("debit"),
            network=TransferRecurringNetwork("ach"),
            ach_class=ACHClass("ppd"),
            amount="12.34",
            user=TransferUserInRequest(legal_name="Anne Charleston"),
            description="rent",
            idempotency_key=TransferRecurringIdempotencyKey("rent-1"),
            test_clock_id=test_clock_id,
            schedule=schedule,
        )
    )


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
