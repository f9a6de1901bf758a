"""What the scenarios of transfers share: the debits that they order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from plaid.api.plaid_api import PlaidApi
from plaid.models import (
    ACHClass,
    BankTransferIdempotencyKey,
    BankTransferNetwork,
    BankTransferType,
    BankTransferUser,
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
)


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
