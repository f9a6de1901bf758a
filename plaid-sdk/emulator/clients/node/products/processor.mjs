// Processors: a token for one account, and what its holder may read.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { access_token, account_id } = await linkAccount(client, ["auth", "identity", "transactions"]);
  const token = (await client.processorTokenCreate({ access_token, account_id, processor: "dwolla" })).data
    .processor_token;
  assert.ok(token.startsWith("processor-sandbox-"));

  const { data: auth } = await client.processorAuthGet({ processor_token: token });
  assert.deepEqual([auth.account.account_id, auth.numbers.ach.account], [account_id, "1111222233330000"]);
  assert.equal((await client.processorBalanceGet({ processor_token: token })).data.account.balances.current, 110);
  assert.deepEqual((await client.processorIdentityGet({ processor_token: token })).data.account.owners[0].names, [
    "Alberta Bobbeth Charleson",
  ]);
  const { data: page } = await client.processorTransactionsSync({ processor_token: token, count: 500 });
  assert.ok(page.added.every((row) => row.account_id === account_id));
  assert.ok(page.added.length > 10);
  const { data: evaluated } = await client.processorSignalEvaluate({
    processor_token: token,
    client_transaction_id: "order-7",
    amount: 12.17,
  });
  assert.equal(evaluated.scores.customer_initiated_return_risk.score, 60);

  await client.processorTokenWebhookUpdate({ processor_token: token, webhook: receiver.url });
  const told = await receiver.wait("WEBHOOK_UPDATE_ACKNOWLEDGED");
  assert.deepEqual([told.webhook_type, told.account_id], ["PROCESSOR_TOKEN", account_id]);

  // The application narrows what the processor may read.
  await client.processorTokenPermissionsSet({ processor_token: token, products: ["auth"] });
  assert.deepEqual((await client.processorTokenPermissionsGet({ processor_token: token })).data.products, ["auth"]);
  await refused("PRODUCT_NOT_ENABLED", client.processorIdentityGet({ processor_token: token }));
  const { data: stripe } = await client.processorStripeBankAccountTokenCreate({ access_token, account_id });
  assert.ok(stripe.stripe_bank_account_token.startsWith("btok_"));
  await client.itemRemove({ access_token });
  await refused("INVALID_PROCESSOR_TOKEN", client.processorAuthGet({ processor_token: token }));
}
