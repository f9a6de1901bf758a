"""Payments in the UK: a user authorises a payment in Link, and it is refunded from a wallet."""

from plaid.models import (
    LinkTokenCreateRequestPaymentInitiation,
    PaymentAmount,
    PaymentAmountCurrency,
    PaymentAmountToRefund,
    PaymentInitiationPaymentCreateRequest,
    PaymentInitiationPaymentGetRequest,
    PaymentInitiationPaymentListRequest,
    PaymentInitiationPaymentReverseRequest,
    PaymentInitiationRecipientCreateRequest,
    RecipientBACSNullable,
    SandboxPaymentSimulateRequest,
    WalletCreateRequest,
    WalletGetRequest,
    WalletISOCurrencyCode,
    WalletTransactionIdempotencyKey,
)
from plaid_emulator import Tenant
from support import Receiver, link_token, refused


def scenario(plaid: Tenant, receiver: Receiver) -> None:
    client = plaid.client()
    recipient_id = client.payment_initiation_recipient_create(
        PaymentInitiationRecipientCreateRequest(
            name="Ann Perkins", bacs=RecipientBACSNullable(account="26207729", sort_code="560029")
        )
    ).recipient_id
    created = client.payment_initiation_payment_create(
        PaymentInitiationPaymentCreateRequest(
            recipient_id=recipient_id,
            reference="rent",
            amount=PaymentAmount(currency=PaymentAmountCurrency("GBP"), value=10.5),
        )
    )
    assert created.status.value == "PAYMENT_STATUS_INPUT_NEEDED"
    token = link_token(
        client,
        ["payment_initiation"],
        country="GB",
        webhook=receiver.url,
        payment_initiation=LinkTokenCreateRequestPaymentInitiation(payment_id=created.payment_id),
    )
    plaid.complete_link(token)
    for status in ["AUTHORISING", "INITIATED", "EXECUTED"]:
        receiver.wait(
            "PAYMENT_STATUS_UPDATE",
            {"payment_id": created.payment_id, "new_payment_status": f"PAYMENT_STATUS_{status}"},
        )
    payment = client.payment_initiation_payment_get(PaymentInitiationPaymentGetRequest(payment_id=created.payment_id))
    assert (payment.status.value, str(payment.amount.currency), payment.amount.value) == (
        "PAYMENT_STATUS_EXECUTED",
        "GBP",
        10.5,
    )
    [listed] = client.payment_initiation_payment_list(PaymentInitiationPaymentListRequest(count=10)).payments
    assert listed.payment_id == created.payment_id

    # A payment into a wallet settles, and can be given back in parts.
    wallet = client.wallet_create(WalletCreateRequest(iso_currency_code=WalletISOCurrencyCode("GBP")))
    paid = client.payment_initiation_payment_create(
        PaymentInitiationPaymentCreateRequest(
            recipient_id=wallet.recipient_id,
            reference="deposit",
            amount=PaymentAmount(currency=PaymentAmountCurrency("GBP"), value=20.0),
        )
    )
    client.sandbox_payment_simulate(
        SandboxPaymentSimulateRequest(payment_id=paid.payment_id, status="PAYMENT_STATUS_SETTLED", webhook=receiver.url)
    )
    assert client.wallet_get(WalletGetRequest(wallet_id=wallet.wallet_id)).balance.available == 20
    refund = client.payment_initiation_payment_reverse(
        PaymentInitiationPaymentReverseRequest(
            payment_id=paid.payment_id,
            idempotency_key=WalletTransactionIdempotencyKey("refund-1"),
            reference="refund",
            amount=PaymentAmountToRefund(currency=PaymentAmountCurrency("GBP"), value=4.25),
        )
    )
    assert refund.status.value == "INITIATED"
    assert (
        client.payment_initiation_payment_get(
            PaymentInitiationPaymentGetRequest(payment_id=paid.payment_id)
        ).amount_refunded["value"]
        == 4.25
    )
    assert client.wallet_get(WalletGetRequest(wallet_id=wallet.wallet_id)).balance.available == 15.75
    with refused("TRANSACTION_AMOUNT_EXCEEDED"):
        client.payment_initiation_payment_reverse(
            PaymentInitiationPaymentReverseRequest(
                payment_id=paid.payment_id,
                idempotency_key=WalletTransactionIdempotencyKey("refund-2"),
                reference="refund",
                amount=PaymentAmountToRefund(currency=PaymentAmountCurrency("GBP"), value=15.76),
            )
        )
    with refused("PAYMENT_INVALID_REFERENCE"):
        client.payment_initiation_payment_create(
            PaymentInitiationPaymentCreateRequest(
                recipient_id=recipient_id,
                reference="rent & more",
                amount=PaymentAmount(currency=PaymentAmountCurrency("GBP"), value=10.5),
            )
        )
