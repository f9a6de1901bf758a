"""Processors: a token for one account, and what its holder may read."""

from plaid.models import (
    ItemRemoveRequest,
    ProcessorAuthGetRequest,
    ProcessorBalanceGetRequest,
    ProcessorIdentityGetRequest,
    ProcessorSignalEvaluateRequest,
    ProcessorStripeBankAccountTokenCreateRequest,
    ProcessorTokenCreateRequest,
    ProcessorTokenPermissionsGetRequest,
    ProcessorTokenPermissionsSetRequest,
    ProcessorTokenWebhookUpdateRequest,
    ProcessorTransactionsSyncRequest,
    Products,
)
from plaid_emulator import Tenant
from support import Receiver, link_account, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    account = link_account(client, ["auth", "identity", "transactions"])
    token = client.processor_token_create(ProcessorTokenCreateRequest(**account, processor="dwolla")).processor_token
    assert token.startswith("processor-sandbox-")

    auth = client.processor_auth_get(ProcessorAuthGetRequest(processor_token=token))
    assert (auth.account.account_id, auth.numbers.ach.account) == (account["account_id"], "1111222233330000")
    assert (
        client.processor_balance_get(ProcessorBalanceGetRequest(processor_token=token)).account.balances.current == 110
    )
    assert client.processor_identity_get(ProcessorIdentityGetRequest(processor_token=token)).account.owners[
        0
    ].names == ["Alberta Bobbeth Charleson"]
    page = client.processor_transactions_sync(ProcessorTransactionsSyncRequest(processor_token=token, count=500))
    assert all(row.account_id == account["account_id"] for row in page.added)
    assert len(page.added) > 10
    evaluated = client.processor_signal_evaluate(
        ProcessorSignalEvaluateRequest(processor_token=token, client_transaction_id="order-7", amount=12.17)
    )
    assert evaluated.scores.customer_initiated_return_risk.score.value == 60

    client.processor_token_webhook_update(
        ProcessorTokenWebhookUpdateRequest(processor_token=token, webhook=receiver.url)
    )
    told = receiver.wait("WEBHOOK_UPDATE_ACKNOWLEDGED")
    assert (told["webhook_type"], told["account_id"]) == ("PROCESSOR_TOKEN", account["account_id"])

    # The application narrows what the processor may read.
    client.processor_token_permissions_set(
        ProcessorTokenPermissionsSetRequest(processor_token=token, products=[Products("auth")])
    )
    assert [
        product.value
        for product in client.processor_token_permissions_get(
            ProcessorTokenPermissionsGetRequest(processor_token=token)
        ).products
    ] == ["auth"]
    with refused("PRODUCT_NOT_ENABLED"):
        client.processor_identity_get(ProcessorIdentityGetRequest(processor_token=token))
    stripe = client.processor_stripe_bank_account_token_create(ProcessorStripeBankAccountTokenCreateRequest(**account))
    assert stripe.stripe_bank_account_token.startswith("btok_")
    client.item_remove(ItemRemoveRequest(access_token=account["access_token"]))
    with refused("INVALID_PROCESSOR_TOKEN"):
        client.processor_auth_get(ProcessorAuthGetRequest(processor_token=token))
