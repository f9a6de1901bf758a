"""Refunds: one that is cancelled in time leaves nothing, and a debit that Plaid guarantees comes back."""

from plaid.models import (
    AccountsGetRequest,
    ACHClass,
    SandboxTransferFireWebhookRequest,
    SandboxTransferSimulateRequest,
    TransferAuthorizationCreateRequest,
    TransferAuthorizationUserInRequest,
    TransferCreateRequest,
    TransferGetRequest,
    TransferNetwork,
    TransferRefundCancelRequest,
    TransferRefundCreateRequest,
    TransferRefundGetRequest,
    TransferRefundIdempotencyKey,
    TransferRepaymentListRequest,
    TransferType,
)
from plaid_emulator import Tenant
from support import Receiver, link, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    access_token = link(client, ["transfer"])
    account_id = client.accounts_get(AccountsGetRequest(access_token=access_token)).accounts[0].account_id
    authorization = client.transfer_authorization_create(
        TransferAuthorizationCreateRequest(
            access_token=access_token,
            account_id=account_id,
            type=TransferType("debit"),
            network=TransferNetwork("ach"),
            ach_class=ACHClass("web"),
            amount="25.00",
            user=TransferAuthorizationUserInRequest(legal_name="Anne Charleston"),
            request_guarantee=True,
        )
    ).authorization
    assert authorization.guarantee_decision == "GUARANTEED"
    transfer_id = client.transfer_create(
        TransferCreateRequest(
            access_token=access_token, account_id=account_id, authorization_id=authorization.id, description="order 7"
        )
    ).transfer.id
    for event in ["posted", "settled"]:
        client.sandbox_transfer_simulate(SandboxTransferSimulateRequest(transfer_id=transfer_id, event_type=event))

    refund_id = client.transfer_refund_create(
        TransferRefundCreateRequest(
            transfer_id=transfer_id, amount="5.00", idempotency_key=TransferRefundIdempotencyKey("refund-1")
        )
    ).refund.id
    client.transfer_refund_cancel(TransferRefundCancelRequest(refund_id=refund_id))
    assert client.transfer_refund_get(TransferRefundGetRequest(refund_id=refund_id)).refund.status.value == "cancelled"

    client.sandbox_transfer_simulate(SandboxTransferSimulateRequest(transfer_id=transfer_id, event_type="returned"))
    assert client.transfer_get(TransferGetRequest(transfer_id=transfer_id)).transfer.status.value == "returned"
    # Nothing is repaid before Plaid asks for it.
    assert client.transfer_repayment_list(TransferRepaymentListRequest()).repayments == []
    with refused("TRANSFER_NOT_CANCELLABLE"):
        client.transfer_refund_cancel(TransferRefundCancelRequest(refund_id=refund_id))
    client.sandbox_transfer_fire_webhook(SandboxTransferFireWebhookRequest(webhook=receiver.url))
    assert receiver.wait("TRANSFER_EVENTS_UPDATE")["webhook_type"] == "TRANSFER"
