"""Payments in the UK: recipients are kept, and found again by their details."""

from plaid.models import (
    PaymentAmount,
    PaymentAmountCurrency,
    PaymentInitiationPaymentCreateRequest,
    PaymentInitiationPaymentTokenCreateRequest,
    PaymentInitiationRecipientCreateRequest,
    PaymentInitiationRecipientGetRequest,
    PaymentInitiationRecipientListRequest,
    RecipientBACSNullable,
)
from plaid_emulator import Tenant
from support import refused


def scenario(plaid: Tenant) -> None:
    client = plaid.client()
    details = PaymentInitiationRecipientCreateRequest(
        name="Ann Perkins", bacs=RecipientBACSNullable(account="26207729", sort_code="560029")
    )
    recipient_id = client.payment_initiation_recipient_create(details).recipient_id
    # The same details are the same recipient.
    assert client.payment_initiation_recipient_create(details).recipient_id == recipient_id
    recipient = client.payment_initiation_recipient_get(PaymentInitiationRecipientGetRequest(recipient_id=recipient_id))
    assert (recipient.name, recipient.bacs.account) == ("Ann Perkins", "26207729")
    listed = client.payment_initiation_recipient_list(PaymentInitiationRecipientListRequest())
    assert [one.recipient_id for one in listed.recipients] == [recipient_id]

    # The older way to a payment's page in Link.
    payment_id = client.payment_initiation_payment_create(
        PaymentInitiationPaymentCreateRequest(
            recipient_id=recipient_id,
            reference="rent",
            amount=PaymentAmount(currency=PaymentAmountCurrency("GBP"), value=10.5),
        )
    ).payment_id
    token = client.create_payment_token(PaymentInitiationPaymentTokenCreateRequest(payment_id=payment_id))
    assert token.payment_token.startswith("payment-token-sandbox-")
    with refused("INVALID_FIELD"):
        client.payment_initiation_recipient_get(
            PaymentInitiationRecipientGetRequest(recipient_id="recipient-id-sandbox-x")
        )
