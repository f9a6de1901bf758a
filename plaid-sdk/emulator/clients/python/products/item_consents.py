"""Items: what a user agreed to, which applications are connected, and how an Item ends."""

from plaid.models import (
    ApplicationGetRequest,
    ConsentEventsGetRequest,
    ItemGetRequest,
    ItemProductsTerminateRequest,
    ItemPublicTokenCreateRequest,
    ProductsTerminateReasonCode,
    SandboxItemApplicationSeedRequest,
)
from plaid_emulator import Tenant
from support import import_item, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    access_token = import_item(client)
    events = client.consent_events_get(ConsentEventsGetRequest(access_token=access_token)).consent_events
    assert [event.event_type.value for event in events] == ["CONSENT_GRANTED"] * len(events)
    assert events
    application_id = client.get_recipients().recipients[0].recipient_id
    client.sandbox_item_application_seed(
        SandboxItemApplicationSeedRequest(access_token=access_token, application_id=application_id)
    )
    application = client.application_get(
        ApplicationGetRequest(client_id=plaid.client_id, secret=plaid.secret, application_id=application_id)
    ).application
    assert application.application_id == application_id

    public_token = client.item_create_public_token(ItemPublicTokenCreateRequest(access_token=access_token)).public_token
    assert public_token.startswith("public-sandbox-")
    client.item_products_terminate(
        ItemProductsTerminateRequest(
            access_token=access_token, reason_code=ProductsTerminateReasonCode("CONSUMER_ACCOUNT_CLOSED")
        )
    )
    with refused("ITEM_NOT_FOUND"):
        client.item_get(ItemGetRequest(access_token=access_token))
