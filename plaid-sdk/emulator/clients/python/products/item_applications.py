"""Connected applications: what a bank's customer shares with whom, and how a connection ends."""

import json
from typing import Any

from plaid.models import (
    AccountAccess,
    AccountsGetRequest,
    ItemActivityListRequest,
    ItemApplicationListRequest,
    ItemApplicationScopesUpdateRequest,
    ItemApplicationUnlinkRequest,
    SandboxItemApplicationSeedRequest,
    Scopes,
    ScopesContext,
)
from plaid_emulator import Tenant
from support import import_item, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = import_item(client)
    recipients = client.get_recipients().recipients
    application_id = recipients[0].recipient_id
    client.sandbox_item_application_seed(
        SandboxItemApplicationSeedRequest(access_token=access_token, application_id=application_id)
    )
    assert client.get_recipients().recipients[0].connection_count == 1

    account_id = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts[0].account_id
    client.item_application_scopes_update(
        ItemApplicationScopesUpdateRequest(
            access_token=access_token,
            application_id=application_id,
            scopes=Scopes(accounts=[AccountAccess(unique_id=account_id, authorized=True)], new_accounts=False),
            context=ScopesContext("PORTAL"),
        )
    )

    # The client takes `created_at` for a time, but it is a date. So the response is read without its model.
    def listed() -> list[dict[str, Any]]:
        request = ItemApplicationListRequest(access_token=access_token)
        return json.loads(client.item_application_list(request, _preload_content=False).data)["applications"]

    [application] = listed()
    assert (application["application_id"], application["name"]) == (application_id, recipients[0].client_name)
    assert application["created_at"] == "2026-11-30"
    assert application["scopes"]["accounts"] == [{"unique_id": account_id, "authorized": True}]
    client.item_application_unlink(
        ItemApplicationUnlinkRequest(access_token=access_token, application_id=application_id)
    )
    assert listed() == []
    with refused("INVALID_FIELD"):
        client.item_application_unlink(
            ItemApplicationUnlinkRequest(access_token=access_token, application_id=application_id)
        )
    activities = client.item_activity_list(ItemActivityListRequest(access_token=access_token)).activities
    assert [one.activity.value for one in activities] == ["PORTAL_UNLINK", "SCOPES_UPDATE", "ITEM_IMPORT"]
