// Transfer UI: a user chooses the account of a payment in Link, and the transfer is made there.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkToken, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const intent = (
    await client.transferIntentCreate({
      mode: "PAYMENT",
      amount: "12.34",
      description: "order 7",
      ach_class: "ppd",
      user: { legal_name: "Anne Charleston" },
    })
  ).data.transfer_intent;
  assert.equal(intent.status, "PENDING");
  const token = await linkToken(client, {
    products: ["transfer"],
    transfer: { intent_id: intent.id },
  });
  await plaid.completeLink(token, { accounts: ["0000"] });
  const done = (await client.transferIntentGet({ transfer_intent_id: intent.id })).data.transfer_intent;
  assert.deepEqual([done.status, done.authorization_decision], ["SUCCEEDED", "APPROVED"]);
  const { transfer } = (await client.transferGet({ transfer_id: done.transfer_id })).data;
  assert.deepEqual([transfer.amount, transfer.status], ["12.34", "pending"]);
  await client.transferCancel({ transfer_id: transfer.id });
  assert.equal((await client.transferGet({ transfer_id: transfer.id })).data.transfer.status, "cancelled");
  await refused(
    "INVALID_FIELD",
    client.transferIntentGet({ transfer_intent_id: "d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d" }),
  );
}
