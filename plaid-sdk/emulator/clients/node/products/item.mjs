// Items: from Link to removal, with a login that stops working in between.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link, linkToken, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["auth", "transactions"], { webhook: receiver.url });
  const { item } = (await client.itemGet({ access_token })).data;
  assert.deepEqual([item.institution_id, item.webhook], ["ins_109508", receiver.url]);
  assert.deepEqual([...item.billed_products].sort(), ["auth", "transactions"]);

  // The user changes the password at the bank.
  await client.sandboxItemResetLogin({ access_token });
  assert.equal((await receiver.wait("ERROR", { item_id: item.item_id })).error.error_code, "ITEM_LOGIN_REQUIRED");
  await refused("ITEM_LOGIN_REQUIRED", client.accountsGet({ access_token }));
  assert.equal((await client.itemGet({ access_token })).data.item.error.error_code, "ITEM_LOGIN_REQUIRED");
  const token = await linkToken(client, { access_token });
  await plaid.completeLink(token);
  assert.equal((await client.accountsGet({ access_token })).data.accounts.length, 14);

  // A token that has leaked is replaced, and webhooks go elsewhere.
  const rotated = (await client.itemAccessTokenInvalidate({ access_token })).data.new_access_token;
  await refused("INVALID_ACCESS_TOKEN", client.itemGet({ access_token }));
  const elsewhere = receiver.url + "?version=2";
  assert.equal(
    (await client.itemWebhookUpdate({ access_token: rotated, webhook: elsewhere })).data.item.webhook,
    elsewhere,
  );
  assert.equal((await receiver.wait("WEBHOOK_UPDATE_ACKNOWLEDGED")).new_webhook_url, elsewhere);

  await client.itemRemove({ access_token: rotated });
  await refused("ITEM_NOT_FOUND", client.itemGet({ access_token: rotated }));
}
