// What transactions tell of a user: a summary of all Items, which are refreshed together.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  assert.ok((await client.categoriesGet({})).data.categories.length > 100);
  const { user_token, user_id } = (await client.userCreate({ client_user_id: "ann" })).data;
  const { public_token } = (
    await client.sandboxPublicTokenCreate({
      institution_id: "ins_109508",
      initial_products: ["transactions"],
      user_token,
    })
  ).data;
  await client.itemPublicTokenExchange({ public_token });
  const { data: insights } = await client.transactionsUserInsightsGet({ client_user_id: "ann" });
  assert.ok(insights.user_data_overview.transaction_count > 20);
  const { results } = (await client.userFinancialDataRefresh({ user_id })).data;
  assert.equal(results.length, 1);
  await refused("USER_NOT_FOUND", client.transactionsUserInsightsGet({ client_user_id: "nobody" }));
}
