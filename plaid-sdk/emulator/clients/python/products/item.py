"""Items: from Link to removal, with a login that stops working in between."""

from plaid.models import (
    AccountsGetRequest,
    ItemAccessTokenInvalidateRequest,
    ItemGetRequest,
    ItemRemoveRequest,
    ItemWebhookUpdateRequest,
    SandboxItemResetLoginRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link, link_token, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    access_token = link(client, ["auth", "transactions"], webhook=receiver.url)
    item = client.item_get(ItemGetRequest(access_token=access_token)).item
    assert (item.institution_id, item.webhook) == ("ins_109508", receiver.url)
    assert sorted(product.value for product in item.billed_products) == ["auth", "transactions"]

    # The user changes the password at the bank.
    client.sandbox_item_reset_login(SandboxItemResetLoginRequest(access_token=access_token))
    assert receiver.wait("ERROR", {"item_id": item.item_id})["error"]["error_code"] == "ITEM_LOGIN_REQUIRED"
    with refused("ITEM_LOGIN_REQUIRED"):
        client.accounts_get(AccountsGetRequest(access_token=access_token))
    assert client.item_get(ItemGetRequest(access_token=access_token)).item.error.error_code == "ITEM_LOGIN_REQUIRED"
    token = link_token(client, access_token=access_token)
    plaid.complete_link(token)
    assert len(client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts) == 14

    # A token that has leaked is replaced, and webhooks go elsewhere.
    rotated = client.item_access_token_invalidate(
        ItemAccessTokenInvalidateRequest(access_token=access_token)
    ).new_access_token
    with refused("INVALID_ACCESS_TOKEN"):
        client.item_get(ItemGetRequest(access_token=access_token))
    elsewhere = receiver.url + "?version=2"
    assert (
        client.item_webhook_update(ItemWebhookUpdateRequest(access_token=rotated, webhook=elsewhere)).item.webhook
        == elsewhere
    )
    assert receiver.wait("WEBHOOK_UPDATE_ACKNOWLEDGED")["new_webhook_url"] == elsewhere

    client.item_remove(ItemRemoveRequest(access_token=rotated))
    with refused("ITEM_NOT_FOUND"):
        client.item_get(ItemGetRequest(access_token=rotated))
