"""Transfer UI: a user chooses the account of a payment in Link, and the transfer is made there."""

from plaid.models import (
    ACHClass,
    LinkTokenCreateRequestTransfer,
    TransferCancelRequest,
    TransferGetRequest,
    TransferIntentCreateMode,
    TransferIntentCreateRequest,
    TransferIntentGetRequest,
    TransferUserInRequest,
)
from plaid_emulator import Tenant
from support import link_token, refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    intent = client.transfer_intent_create(
        TransferIntentCreateRequest(
            mode=TransferIntentCreateMode("PAYMENT"),
            amount="12.34",
            description="order 7",
            ach_class=ACHClass("ppd"),
            user=TransferUserInRequest(legal_name="Anne Charleston"),
        )
    ).transfer_intent
    assert intent.status.value == "PENDING"
    token = link_token(client, ["transfer"], transfer=LinkTokenCreateRequestTransfer(intent_id=intent.id))
    plaid.complete_link(token, accounts=["0000"])
    done = client.transfer_intent_get(TransferIntentGetRequest(transfer_intent_id=intent.id)).transfer_intent
    assert (done.status.value, done.authorization_decision.value) == ("SUCCEEDED", "APPROVED")
    transfer = client.transfer_get(TransferGetRequest(transfer_id=done.transfer_id)).transfer
    assert (transfer.amount, transfer.status.value) == ("12.34", "pending")
    client.transfer_cancel(TransferCancelRequest(transfer_id=transfer.id))
    assert client.transfer_get(TransferGetRequest(transfer_id=transfer.id)).transfer.status.value == "cancelled"
    with refused("INVALID_FIELD"):
        client.transfer_intent_get(TransferIntentGetRequest(transfer_intent_id="d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d"))
