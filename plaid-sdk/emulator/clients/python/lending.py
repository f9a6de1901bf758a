"""What the scenarios about income and credit share: users who link a bank or a payroll."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from plaid.api.plaid_api import PlaidApi
from plaid.models import (
    ClientUserIdentity,
    ClientUserIdentityAddress,
    ClientUserIdentityEmail,
    ClientUserIdentityName,
    ClientUserIdentityPhoneNumber,
    IncomeVerificationDocParsingConfig,
    IncomeVerificationPayrollFlowType,
    IncomeVerificationSourceType,
    ItemGetRequest,
    ItemPublicTokenExchangeRequest,
    LinkTokenCreateRequestIncomeVerification,
    LinkTokenCreateRequestIncomeVerificationPayrollIncome,
    Products,
    SandboxPublicTokenCreateRequest,
    SandboxPublicTokenCreateRequestIncomeVerificationBankIncome,
    SandboxPublicTokenCreateRequestOptions,
    SandboxPublicTokenCreateRequestOptionsIncomeVerification,
    UserCreateRequest,
    UserCreateResponse,
    UserItemsAssociateRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link, link_token


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
