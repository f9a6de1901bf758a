// Rules: a user puts transactions into another category, and the application sees them change.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_id } = (await client.userCreate({ client_user_id: "ann" })).data;
  const access_token = await link(client, ["transactions"]);
  const { item_id } = (await client.itemGet({ access_token })).data.item;
  await client.userItemsAssociate({ user_id, item_ids: [item_id] });
  const start = (await client.transactionsSync({ access_token, cursor: "now" })).data.next_cursor;
  const { rule } = (
    await client.transactionsRulesCreate({
      client_user_id: "ann",
      pfc_primary_category: "ENTERTAINMENT",
      pfc_detailed_category: "ENTERTAINMENT_SPORTING_EVENTS_AMUSEMENT_PARKS_AND_MUSEUMS",
      rule_details: { field: "MERCHANT_NAME", type: "SUBSTRING_MATCH", query: "Touchstone" },
    })
  ).data;
  assert.deepEqual(
    (await client.transactionsRulesList({ client_user_id: "ann" })).data.rules.map((one) => one.id),
    [rule.id],
  );
  const changed = (await client.transactionsSync({ access_token, cursor: start, count: 100 })).data.modified;
  assert.ok(changed.length > 0);
  assert.ok(changed.every((row) => row.name === "Touchstone Climbing"));
  assert.ok(changed.every((row) => row.personal_finance_category.primary === "ENTERTAINMENT"));
  await client.transactionsRulesRemove({ client_user_id: "ann", rule_id: rule.id });
  assert.deepEqual((await client.transactionsRulesList({ client_user_id: "ann" })).data.rules, []);
}
