"""FDX: a data provider tells that a user has taken back the consent."""

from datetime import datetime

from plaid.models import (
    AccountsGetRequest,
    FDXNotification,
    FDXNotificationCategory,
    FDXNotificationPayload,
    FDXNotificationPayloadIdType,
    FDXNotificationType,
    ItemGetRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    access_token = link(client, ["auth"], webhook=receiver.url)
    item_id = client.item_get(ItemGetRequest(access_token=access_token)).item.item_id
    recipients = client.get_recipients().recipients
    recipient = client.get_recipient(recipients[0].recipient_id)
    assert recipient.client_name == recipients[0].client_name

    consent = client.fdx_consents_get(item_id)
    assert (consent.id, consent.status.value) == (item_id, "ACTIVE")
    accounts = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts
    assert [one.resource_id for one in consent.resources] == [account.account_id for account in accounts]
    assert "ACCOUNT_PAYMENTS" in [cluster.value for cluster in consent.resources[0].data_clusters]

    client.fdx_notifications(
        FDXNotification(
            notification_id="notification-1",
            type=FDXNotificationType("CONSENT_REVOKED"),
            sent_on=datetime.fromisoformat("2026-11-30T12:00:00+00:00"),
            category=FDXNotificationCategory("CONSENT"),
            notification_payload=FDXNotificationPayload(id=item_id, id_type=FDXNotificationPayloadIdType("CONSENT")),
        )
    )
    receiver.wait("USER_PERMISSION_REVOKED", {"item_id": item_id})
    assert client.fdx_consents_get(item_id).status.value == "REVOKED"
    with refused("USER_PERMISSION_REVOKED"):
        client.accounts_get(AccountsGetRequest(access_token=access_token))
