// Recurring transactions: a salary and a subscription are found in the history.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link } from "../support.mjs";

/** A transaction as `user_custom` takes it. What comes in is negative. */
function row(date, amount, description) {
  return { date_transacted: date, date_posted: date, amount, description };
}

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const rows = ["09", "10", "11"].map((month) => row(`2026-${month}-15`, 15.99, "Netflix.com"));
  rows.push(...["09", "10", "11"].map((month) => row(`2026-${month}-01`, -2500, "ACME PAYROLL")));
  rows.push(...[row("2026-11-02", 4, "KFC")]);
  const account = { type: "depository", subtype: "checking", transactions: rows };
  const user = { override_accounts: [account] };
  const access_token = await link(client, ["transactions"], {
    username: "user_custom",
    password: JSON.stringify(user),
  });
  const { data: found } = await client.transactionsRecurringGet({ access_token });
  const [salary] = found.inflow_streams;
  const [video] = found.outflow_streams;
  assert.deepEqual(
    [salary.description, salary.frequency, salary.average_amount.amount],
    ["ACME PAYROLL", "MONTHLY", -2500],
  );
  assert.deepEqual([video.merchant_name, video.last_amount.amount, video.status], ["Netflix", 15.99, "MATURE"]);
  assert.equal(video.transaction_ids.length, 3);
  assert.equal(video.predicted_next_date, "2026-12-15");
}
