// Cash flow reports: a lender asks for one, and reads its transactions in pages.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["transactions"]);
  await refused("PRODUCT_NOT_READY", client.cashflowReportGet({ access_token, days_requested: 90 }));
  await client.cashflowReportRefresh({ access_token, days_requested: 365 });
  const { data: report } = await client.cashflowReportGet({ access_token, days_requested: 90 });
  assert.equal(report.total_transactions, 48);
  assert.deepEqual(report.accounts[0].owners[0].names, ["Alberta Bobbeth Charleson"]);

  const rows = [];
  let cursor = "";
  let more = true;
  let total = 0;
  while (more) {
    const { data: page } = await client.cashflowReportTransactionsGet({ access_token, count: 100, cursor });
    rows.push(...page.transactions);
    cursor = page.next_cursor;
    [more, total] = [page.has_more, page.total_transactions];
  }
  assert.equal(rows.length, total);
  assert.equal(new Set(rows.map((row) => row.transaction_id)).size, rows.length);
  const { data: insights } = await client.cashflowReportInsightsGet({ access_token });
  assert.equal(insights.account_insights.monthly_summaries.length, 12);
}
