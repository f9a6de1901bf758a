"""The Sandbox's own tools: webhooks on demand, transactions that a test makes, and what they refuse."""

from datetime import date

from plaid.models import (
    CustomSandboxTransaction,
    SandboxItemFireWebhookRequest,
    SandboxTransactionsCreateRequest,
    TransactionsSyncRequest,
    WebhookType,
)
from plaid_emulator import Tenant
from support import Receiver, link, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    access_token = link(client, ["transactions"], username="user_transactions_dynamic", webhook=receiver.url)
    assert client.sandbox_item_fire_webhook(
        SandboxItemFireWebhookRequest(
            access_token=access_token, webhook_type=WebhookType("ITEM"), webhook_code="NEW_ACCOUNTS_AVAILABLE"
        )
    ).webhook_fired
    receiver.wait("NEW_ACCOUNTS_AVAILABLE")
    before = client.transactions_sync(TransactionsSyncRequest(access_token=access_token, cursor="now")).next_cursor
    client.sandbox_transactions_create(
        SandboxTransactionsCreateRequest(
            access_token=access_token,
            transactions=[
                CustomSandboxTransaction(
                    date_transacted=date(2026, 11, 28),
                    date_posted=date(2026, 11, 30),
                    amount=12.34,
                    description="A book",
                    iso_currency_code="USD",
                )
            ],
        )
    )
    receiver.wait("SYNC_UPDATES_AVAILABLE")
    page = client.transactions_sync(TransactionsSyncRequest(access_token=access_token, cursor=before, count=500))
    [book] = [row for row in page.added if row.name == "A book"]
    assert (book.amount, book.date.isoformat(), book.pending) == (12.34, "2026-11-30", False)

    quiet = link(client, ["auth"])
    with refused("SANDBOX_WEBHOOK_INVALID"):
        client.sandbox_item_fire_webhook(
            SandboxItemFireWebhookRequest(access_token=quiet, webhook_code="NEW_ACCOUNTS_AVAILABLE")
        )
    with refused("SANDBOX_PRODUCT_NOT_ENABLED"):
        client.sandbox_item_fire_webhook(
            SandboxItemFireWebhookRequest(
                access_token=access_token, webhook_type=WebhookType("LIABILITIES"), webhook_code="DEFAULT_UPDATE"
            )
        )
    # A login that fails is the answer itself.
    with refused("ITEM_LOCKED"):
        link(client, ["auth"], password="error_ITEM_LOCKED")
