"""Payments without the user: a consent, what it allows, and its end."""

from plaid.models import (
    ConsentPaymentIdempotencyKey,
    LinkTokenCreateRequestPaymentInitiation,
    PaymentAmount,
    PaymentAmountCurrency,
    PaymentConsentMaxPaymentAmount,
    PaymentConsentPeriodicAlignment,
    PaymentConsentPeriodicAmount,
    PaymentConsentPeriodicAmountAmount,
    PaymentConsentPeriodicInterval,
    PaymentInitiationConsentConstraints,
    PaymentInitiationConsentCreateRequest,
    PaymentInitiationConsentGetRequest,
    PaymentInitiationConsentPaymentExecuteRequest,
    PaymentInitiationConsentRevokeRequest,
    PaymentInitiationConsentType,
    PaymentInitiationPaymentListRequest,
    PaymentInitiationRecipientCreateRequest,
)
from plaid_emulator import Tenant
from support import Receiver, link_token, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    recipient_id = client.payment_initiation_recipient_create(
        PaymentInitiationRecipientCreateRequest(name="Ann Perkins", iban="GB29NWBK60161331926819")
    ).recipient_id
    consent_id = client.payment_initiation_consent_create(
        PaymentInitiationConsentCreateRequest(
            recipient_id=recipient_id,
            reference="savings",
            type=PaymentInitiationConsentType("SWEEPING"),
            constraints=PaymentInitiationConsentConstraints(
                max_payment_amount=PaymentConsentMaxPaymentAmount(currency=PaymentAmountCurrency("GBP"), value=50.0),
                periodic_amounts=[
                    PaymentConsentPeriodicAmount(
                        amount=PaymentConsentPeriodicAmountAmount(currency=PaymentAmountCurrency("GBP"), value=80.0),
                        interval=PaymentConsentPeriodicInterval("MONTH"),
                        alignment=PaymentConsentPeriodicAlignment("CALENDAR"),
                    )
                ],
            ),
        )
    ).consent_id
    token = link_token(
        client,
        ["payment_initiation"],
        country="GB",
        webhook=receiver.url,
        payment_initiation=LinkTokenCreateRequestPaymentInitiation(consent_id=consent_id),
    )
    plaid.complete_link(token)
    receiver.wait("CONSENT_STATUS_UPDATE", {"consent_id": consent_id, "new_status": "AUTHORISED"})

    paid = client.payment_initiation_consent_payment_execute(
        PaymentInitiationConsentPaymentExecuteRequest(
            consent_id=consent_id,
            idempotency_key=ConsentPaymentIdempotencyKey("november-1"),
            amount=PaymentAmount(currency=PaymentAmountCurrency("GBP"), value=50.0),
        )
    )
    again = client.payment_initiation_consent_payment_execute(
        PaymentInitiationConsentPaymentExecuteRequest(
            consent_id=consent_id,
            idempotency_key=ConsentPaymentIdempotencyKey("november-1"),
            amount=PaymentAmount(currency=PaymentAmountCurrency("GBP"), value=50.0),
        )
    )
    assert again.payment_id == paid.payment_id
    receiver.wait(
        "PAYMENT_STATUS_UPDATE", {"payment_id": paid.payment_id, "new_payment_status": "PAYMENT_STATUS_EXECUTED"}
    )
    # The month allows 80 pounds.
    with refused("PAYMENT_CONSENT_INVALID_CONSTRAINTS"):
        client.payment_initiation_consent_payment_execute(
            PaymentInitiationConsentPaymentExecuteRequest(
                consent_id=consent_id,
                idempotency_key=ConsentPaymentIdempotencyKey("november-2"),
                amount=PaymentAmount(currency=PaymentAmountCurrency("GBP"), value=30.01),
            )
        )
    plaid.advance("2026-12-01T00:00:00Z")
    client.payment_initiation_consent_payment_execute(
        PaymentInitiationConsentPaymentExecuteRequest(
            consent_id=consent_id,
            idempotency_key=ConsentPaymentIdempotencyKey("december-1"),
            amount=PaymentAmount(currency=PaymentAmountCurrency("GBP"), value=30.01),
        )
    )
    payments = client.payment_initiation_payment_list(
        PaymentInitiationPaymentListRequest(consent_id=consent_id)
    ).payments
    assert [payment.amount.value for payment in payments] == [30.01, 50]

    client.payment_initiation_consent_revoke(PaymentInitiationConsentRevokeRequest(consent_id=consent_id))
    assert (
        client.payment_initiation_consent_get(PaymentInitiationConsentGetRequest(consent_id=consent_id)).status.value
        == "REVOKED"
    )
    with refused("PAYMENT_CONSENT_CANCELLED"):
        client.payment_initiation_consent_payment_execute(
            PaymentInitiationConsentPaymentExecuteRequest(
                consent_id=consent_id,
                idempotency_key=ConsentPaymentIdempotencyKey("december-2"),
                amount=PaymentAmount(currency=PaymentAmountCurrency("GBP"), value=1.0),
            )
        )
