// Processors: risks of debits, and a debit of an older product.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";
import { BANK_DEBIT } from "../transfers.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { access_token, account_id } = await linkAccount(client, ["auth", "signal"]);
  const processor_token = (await client.processorTokenCreate({ access_token, account_id, processor: "dwolla" })).data
    .processor_token;
  await client.processorSignalPrepare({ processor_token });
  const order = { processor_token, client_transaction_id: "order-7" };
  await client.processorSignalEvaluate({ ...order, amount: 12.17 });
  await client.processorSignalDecisionReport({ ...order, initiated: true });
  await client.processorSignalReturnReport({ ...order, return_code: "R01" });
  const unknown = { processor_token, client_transaction_id: "nobody" };
  await refused("INVALID_FIELD", client.processorSignalDecisionReport({ ...unknown, initiated: true }));

  const { bank_transfer } = (await client.processorBankTransferCreate({ processor_token, ...BANK_DEBIT })).data;
  assert.deepEqual([bank_transfer.status, bank_transfer.account_id], ["pending", account_id]);
}
