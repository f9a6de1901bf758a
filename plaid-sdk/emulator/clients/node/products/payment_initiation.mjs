// Payments in the UK: a user authorises a payment in Link, and it is refunded from a wallet.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkToken, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { recipient_id } = (
    await client.paymentInitiationRecipientCreate({
      name: "Ann Perkins",
      bacs: { account: "26207729", sort_code: "560029" },
    })
  ).data;
  const { data: created } = await client.paymentInitiationPaymentCreate({
    recipient_id,
    reference: "rent",
    amount: { currency: "GBP", value: 10.5 },
  });
  assert.equal(created.status, "PAYMENT_STATUS_INPUT_NEEDED");
  const token = await linkToken(client, {
    country_codes: ["GB"],
    products: ["payment_initiation"],
    webhook: receiver.url,
    payment_initiation: { payment_id: created.payment_id },
  });
  await plaid.completeLink(token);
  for (const status of ["AUTHORISING", "INITIATED", "EXECUTED"]) {
    await receiver.wait("PAYMENT_STATUS_UPDATE", {
      payment_id: created.payment_id,
      new_payment_status: `PAYMENT_STATUS_${status}`,
    });
  }
  const { data: payment } = await client.paymentInitiationPaymentGet({ payment_id: created.payment_id });
  assert.deepEqual(
    [payment.status, payment.amount.currency, payment.amount.value],
    ["PAYMENT_STATUS_EXECUTED", "GBP", 10.5],
  );
  const [listed] = (await client.paymentInitiationPaymentList({ count: 10 })).data.payments;
  assert.equal(listed.payment_id, created.payment_id);

  // A payment into a wallet settles, and can be given back in parts.
  const { data: wallet } = await client.walletCreate({ iso_currency_code: "GBP" });
  const { data: paid } = await client.paymentInitiationPaymentCreate({
    recipient_id: wallet.recipient_id,
    reference: "deposit",
    amount: { currency: "GBP", value: 20.0 },
  });
  await client.sandboxPaymentSimulate({
    payment_id: paid.payment_id,
    status: "PAYMENT_STATUS_SETTLED",
    webhook: receiver.url,
  });
  assert.equal((await client.walletGet({ wallet_id: wallet.wallet_id })).data.balance.available, 20);
  const { data: refund } = await client.paymentInitiationPaymentReverse({
    payment_id: paid.payment_id,
    idempotency_key: "refund-1",
    reference: "refund",
    amount: { currency: "GBP", value: 4.25 },
  });
  assert.equal(refund.status, "INITIATED");
  assert.equal(
    (await client.paymentInitiationPaymentGet({ payment_id: paid.payment_id })).data.amount_refunded.value,
    4.25,
  );
  assert.equal((await client.walletGet({ wallet_id: wallet.wallet_id })).data.balance.available, 15.75);
  await refused(
    "TRANSACTION_AMOUNT_EXCEEDED",
    client.paymentInitiationPaymentReverse({
      payment_id: paid.payment_id,
      idempotency_key: "refund-2",
      reference: "refund",
      amount: { currency: "GBP", value: 15.76 },
    }),
  );
  await refused(
    "PAYMENT_INVALID_REFERENCE",
    client.paymentInitiationPaymentCreate({
      recipient_id,
      reference: "rent & more",
      amount: { currency: "GBP", value: 10.5 },
    }),
  );
}
