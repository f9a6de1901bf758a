"""Accounts for Transfer: what a bank's network can do, and accounts whose numbers are known already."""

from datetime import date

from plaid.models import (
    AccountsGetRequest,
    ACHClass,
    TransactionsGetRequest,
    TransferAuthorizationCancelRequest,
    TransferAuthorizationCreateRequest,
    TransferAuthorizationUserInRequest,
    TransferCapabilitiesGetRequest,
    TransferConfigurationGetRequest,
    TransferCreateRequest,
    TransferMigrateAccountRequest,
    TransferNetwork,
    TransferType,
)
from plaid_emulator import Tenant
from support import link, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = link(client, ["transfer"])
    account_id = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts[0].account_id
    able = client.transfer_capabilities_get(
        TransferCapabilitiesGetRequest(access_token=access_token, account_id=account_id)
    ).institution_supported_networks
    assert able.rtp.credit
    limits = client.transfer_configuration_get(TransferConfigurationGetRequest())
    assert float(limits.max_single_transfer_amount) > 0

    migrated = client.transfer_migrate_account(
        TransferMigrateAccountRequest(account_number="100000000", routing_number="121122676", account_type="checking")
    )
    decided = client.transfer_authorization_create(
        TransferAuthorizationCreateRequest(
            access_token=migrated.access_token,
            account_id=migrated.account_id,
            type=TransferType("debit"),
            network=TransferNetwork("ach"),
            ach_class=ACHClass("ppd"),
            amount="5000.00",
            user=TransferAuthorizationUserInRequest(legal_name="Anne Charleston"),
        )
    ).authorization
    assert (decided.decision.value, decided.decision_rationale.code.value) == ("approved", "MIGRATED_ACCOUNT_ITEM")
    client.transfer_authorization_cancel(TransferAuthorizationCancelRequest(authorization_id=decided.id))
    with refused("INVALID_FIELD"):
        client.transfer_create(
            TransferCreateRequest(
                access_token=migrated.access_token,
                account_id=migrated.account_id,
                authorization_id=decided.id,
                description="order 7",
            )
        )
    with refused("PRODUCTS_NOT_SUPPORTED"):
        client.transactions_get(
            TransactionsGetRequest(
                access_token=migrated.access_token, start_date=date(2026, 11, 1), end_date=date(2026, 11, 30)
            )
        )
