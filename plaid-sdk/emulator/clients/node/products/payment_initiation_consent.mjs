// Payments without the user: a consent, what it allows, and its end.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkToken, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { recipient_id } = (
    await client.paymentInitiationRecipientCreate({ name: "Ann Perkins", iban: "GB29NWBK60161331926819" })
  ).data;
  const { consent_id } = (
    await client.paymentInitiationConsentCreate({
      recipient_id,
      reference: "savings",
      type: "SWEEPING",
      constraints: {
        max_payment_amount: { currency: "GBP", value: 50.0 },
        periodic_amounts: [{ amount: { currency: "GBP", value: 80.0 }, interval: "MONTH", alignment: "CALENDAR" }],
      },
    })
  ).data;
  const token = await linkToken(client, {
    country_codes: ["GB"],
    products: ["payment_initiation"],
    webhook: receiver.url,
    payment_initiation: { consent_id },
  });
  await plaid.completeLink(token);
  await receiver.wait("CONSENT_STATUS_UPDATE", { consent_id, new_status: "AUTHORISED" });

  const { data: paid } = await client.paymentInitiationConsentPaymentExecute({
    consent_id,
    idempotency_key: "november-1",
    amount: { currency: "GBP", value: 50.0 },
  });
  const { data: again } = await client.paymentInitiationConsentPaymentExecute({
    consent_id,
    idempotency_key: "november-1",
    amount: { currency: "GBP", value: 50.0 },
  });
  assert.equal(again.payment_id, paid.payment_id);
  await receiver.wait("PAYMENT_STATUS_UPDATE", {
    payment_id: paid.payment_id,
    new_payment_status: "PAYMENT_STATUS_EXECUTED",
  });
  // The month allows 80 pounds.
  await refused(
    "PAYMENT_CONSENT_INVALID_CONSTRAINTS",
    client.paymentInitiationConsentPaymentExecute({
      consent_id,
      idempotency_key: "november-2",
      amount: { currency: "GBP", value: 30.01 },
    }),
  );
  await plaid.advance("2026-12-01T00:00:00Z");
  await client.paymentInitiationConsentPaymentExecute({
    consent_id,
    idempotency_key: "december-1",
    amount: { currency: "GBP", value: 30.01 },
  });
  const { payments } = (await client.paymentInitiationPaymentList({ consent_id })).data;
  assert.deepEqual(
    payments.map((payment) => payment.amount.value),
    [30.01, 50],
  );

  await client.paymentInitiationConsentRevoke({ consent_id });
  assert.equal((await client.paymentInitiationConsentGet({ consent_id })).data.status, "REVOKED");
  await refused(
    "PAYMENT_CONSENT_CANCELLED",
    client.paymentInitiationConsentPaymentExecute({
      consent_id,
      idempotency_key: "december-2",
      amount: { currency: "GBP", value: 1.0 },
    }),
  );
}
