// Plaid Check: a lender orders a consumer report about a user, and reads its parts when they are ready.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { borrower, linkFor } from "../lending.mjs";
import { isPdf, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_id } = await borrower(client);
  const { access_token, item_id } = await linkFor(client, user_id);
  await refused("PRODUCT_NOT_READY", client.craCheckReportBaseReportGet({ user_id }));

  await client.craCheckReportCreate({
    user_id,
    webhook: receiver.url,
    days_requested: 365,
    consumer_report_permissible_purpose: "EXTENSION_OF_CREDIT",
    client_report_id: "loan-7",
    products: ["cra_base_report", "cra_income_insights", "cra_lend_score"],
    lend_score: { lend_score_version: "LS1" },
  });
  const ready = await receiver.wait("USER_CHECK_REPORT_READY", { user_id });
  assert.deepEqual(ready.successful_products, ["cra_base_report", "cra_income_insights", "cra_lend_score"]);

  const { report } = (await client.craCheckReportBaseReportGet({ user_id })).data;
  assert.deepEqual([report.client_report_id, report.days_requested], ["loan-7", 365]);
  const [item] = report.items;
  assert.deepEqual([item.item_id, item.institution_name], [item_id, "First Platypus Bank"]);
  const { accounts } = (await client.accountsGet({ access_token })).data;
  assert.deepEqual(
    item.accounts.map((account) => account.account_id),
    accounts.map((account) => account.account_id),
  );
  const income = (await client.craCheckReportIncomeInsightsGet({ user_id })).data.report;
  assert.equal(income.report_id, report.report_id);
  const score = (await client.craCheckReportLendScoreGet({ user_id })).data.report.lend_score;
  assert.ok(1 <= score.score);
  assert.ok(score.score <= 99);
  const pdf = (await client.craCheckReportPdfGet({ user_id }, { responseType: "arraybuffer" })).data;
  assert.ok(isPdf(pdf));

  // A report can be read for a day.
  await plaid.advance(24 * 60 * 60);
  await refused("CONSUMER_REPORT_EXPIRED", client.craCheckReportBaseReportGet({ user_id }));
  await refused("USER_NOT_FOUND", client.craCheckReportBaseReportGet({ user_id: "usr_unknown" }));
}
