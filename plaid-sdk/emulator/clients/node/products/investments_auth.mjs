// Investments: the numbers and the owners that another broker needs.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["investments_auth"]);
  const { data: found } = await client.investmentsAuthGet({ access_token });
  const ids = found.accounts.map((account) => account.account_id);
  assert.ok(found.holdings.length > 0);
  assert.ok(found.holdings.every((holding) => ids.includes(holding.account_id)));
  assert.ok(found.numbers.acats.every((number) => ids.includes(number.account_id)));
  const other = await link(client, ["auth"]);
  await refused("PRODUCT_NOT_ENABLED", client.investmentsAuthGet({ access_token: other }));
}
