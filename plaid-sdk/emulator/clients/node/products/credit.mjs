// Bank income: the salaries that an account receives, as a report whose totals agree.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { bankIncome } from "../lending.mjs";
import { isPdf, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_token, item_id } = await bankIncome(client, receiver);

  const report = (await client.creditBankIncomeGet({ user_token })).data.bank_income[0];
  assert.equal(report.days_requested, 120);
  const [item] = report.items;
  assert.deepEqual([item.item_id, item.institution_name], [item_id, "First Platypus Bank"]);
  const salary = item.bank_income_sources.find((one) => one.income_category === "SALARY");
  assert.deepEqual([salary.income_description, salary.pay_frequency], ["Plaid Inc Direct Dep", "MONTHLY"]);
  const months = salary.historical_summary;
  assert.equal(
    Number(
      months
        .map((month) => month.total_amounts[0].amount)
        .reduce((total, one) => total + one, 0)
        .toFixed(2),
    ),
    salary.total_amount,
  );
  const summary = report.bank_income_summary;
  assert.equal(summary.income_sources_count, item.bank_income_sources.length);
  assert.equal(
    Number(
      item.bank_income_sources
        .map((source) => source.total_amount)
        .reduce((total, one) => total + one, 0)
        .toFixed(2),
    ),
    summary.total_amounts[0].amount,
  );
  const pdf = (await client.creditBankIncomePdfGet({ user_token }, { responseType: "arraybuffer" })).data;
  assert.ok(isPdf(pdf));

  await refused(
    "INVALID_USER_TOKEN",
    client.creditBankIncomeGet({ user_token: "user-sandbox-00000000-0000-0000-0000-000000000000" }),
  );
}
