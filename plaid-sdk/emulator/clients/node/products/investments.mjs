// Investments: holdings with their securities, and the trades of two years.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["investments"]);
  const { data: found } = await client.investmentsHoldingsGet({ access_token });
  assert.equal(found.holdings.length, 13);
  const [ira] = found.accounts.filter((account) => account.mask === "5555");
  const held = found.holdings.filter((holding) => holding.account_id === ira.account_id);
  assert.equal(
    Number(
      held
        .map((holding) => holding.institution_value)
        .reduce((total, one) => total + one, 0)
        .toFixed(2),
    ),
    320.76,
  );
  const known = found.securities.map((security) => security.security_id);
  assert.ok(found.holdings.every((holding) => known.includes(holding.security_id)));

  const trades = [];
  let total = 1;
  while (trades.length < total) {
    const { data: page } = await client.investmentsTransactionsGet({
      access_token,
      start_date: "2026-01-01",
      end_date: "2026-11-30",
      options: { count: 100, offset: trades.length },
    });
    trades.push(...page.investment_transactions);
    total = page.total_investment_transactions;
  }
  assert.equal(new Set(trades.map((trade) => trade.investment_transaction_id)).size, total);
  assert.ok(total > 100);
  await client.investmentsRefresh({ access_token });
  await refused(
    "INVALID_FIELD",
    client.investmentsTransactionsGet({ access_token, start_date: "2026-11-30", end_date: "2026-01-01" }),
  );
}
