// Payments in the UK: recipients are kept, and found again by their details.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const details = { name: "Ann Perkins", bacs: { account: "26207729", sort_code: "560029" } };
  const { recipient_id } = (await client.paymentInitiationRecipientCreate(details)).data;
  // The same details are the same recipient.
  assert.equal((await client.paymentInitiationRecipientCreate(details)).data.recipient_id, recipient_id);
  const { data: recipient } = await client.paymentInitiationRecipientGet({ recipient_id });
  assert.deepEqual([recipient.name, recipient.bacs.account], ["Ann Perkins", "26207729"]);
  const { recipients } = (await client.paymentInitiationRecipientList({})).data;
  assert.deepEqual(
    recipients.map((one) => one.recipient_id),
    [recipient_id],
  );

  // The older way to a payment's page in Link.
  const { payment_id } = (
    await client.paymentInitiationPaymentCreate({
      recipient_id,
      reference: "rent",
      amount: { currency: "GBP", value: 10.5 },
    })
  ).data;
  const { data: token } = await client.createPaymentToken({ payment_id });
  assert.ok(token.payment_token.startsWith("payment-token-sandbox-"));
  await refused("INVALID_FIELD", client.paymentInitiationRecipientGet({ recipient_id: "recipient-id-sandbox-x" }));
}
