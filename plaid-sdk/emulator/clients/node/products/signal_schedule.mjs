// Signal: the day on which a debit has the best chance.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { access_token, account_id } = await linkAccount(client, ["signal"]);
  const { data: days } = await client.signalSchedule({
    access_token,
    account_id,
    client_transaction_id: "order-7",
    amount: 12.17,
  });
  const best = days.recommendations.find((one) => one.rank === 1);
  assert.deepEqual([best.date, best.recommendation], [days.optimal_date, "RECOMMENDED"]);
}
