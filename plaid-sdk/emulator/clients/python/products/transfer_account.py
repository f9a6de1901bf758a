"""Accounts for Transfer: what a bank's network can do, and accounts whose numbers are known already."""

from datetime import date

from plaid.models import (
    TransactionsGetRequest,
    TransferAuthorizationCancelRequest,
    TransferCapabilitiesGetRequest,
    TransferConfigurationGetRequest,
    TransferCreateRequest,
    TransferMigrateAccountRequest,
)
from plaid_emulator import Tenant
from support import link_account, refused
from transfers import authorize


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    account = link_account(client, ["transfer"])
    able = client.transfer_capabilities_get(TransferCapabilitiesGetRequest(**account)).institution_supported_networks
    assert able.rtp.credit
    limits = client.transfer_configuration_get(TransferConfigurationGetRequest())
    assert float(limits.max_single_transfer_amount) > 0

    migrated = client.transfer_migrate_account(
        TransferMigrateAccountRequest(account_number="100000000", routing_number="121122676", account_type="checking")
    )
    account = {"access_token": migrated.access_token, "account_id": migrated.account_id}
    decided = authorize(client, account, "5000.00", ach_class="ppd")
    assert (decided.decision.value, decided.decision_rationale.code.value) == ("approved", "MIGRATED_ACCOUNT_ITEM")
    client.transfer_authorization_cancel(TransferAuthorizationCancelRequest(authorization_id=decided.id))
    with refused("INVALID_FIELD"):
        client.transfer_create(TransferCreateRequest(**account, authorization_id=decided.id, description="order 7"))
    with refused("PRODUCTS_NOT_SUPPORTED"):
        client.transactions_get(
            TransactionsGetRequest(
                access_token=migrated.access_token, start_date=date(2026, 11, 1), end_date=date(2026, 11, 30)
            )
        )
