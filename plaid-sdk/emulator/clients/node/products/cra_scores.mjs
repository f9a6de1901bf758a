// Scores of Plaid Check: those of partners, and one file with scores and attributes for a credit decision.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { borrower, linkFor } from "../lending.mjs";
import { isPdf, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_id, user_token } = await borrower(client);
  const { access_token, item_id } = await linkFor(client, user_id);
  await client.craCheckReportCreate({
    user_id,
    webhook: "https://example.com/webhook",
    days_requested: 365,
    consumer_report_permissible_purpose: "EXTENSION_OF_CREDIT",
    client_report_id: "loan-7",
    products: ["cra_base_report", "cra_lend_score", "cra_partner_insights"],
    lend_score: { lend_score_version: "LS1" },
    partner_insights: { prism_versions: { cashscore: "4", detect: "4" } },
  });

  const partners = (await client.craCheckReportPartnerInsightsGet({ user_id })).data.report;
  assert.deepEqual([partners.client_report_id, partners.items[0].item_id], ["loan-7", item_id]);
  assert.equal(partners.prism.status, "SUCCESS");
  // First Detect is always there, Detect and Extend only if they were asked for.
  const models = ["cash_score", "detect", "extend", "first_detect"].map((name) => partners.prism[name]?.model_version);
  assert.deepEqual(models, ["4", "4", undefined, "3"]);
  const [older] = (await client.craPartnerInsightsGet({ user_token })).data.report;
  assert.deepEqual([older.report_id, older.prism], [partners.report_id, partners.prism]);

  const order = {
    user_id,
    consumer_report_permissible_purpose: "EXTENSION_OF_CREDIT",
    client_report_id: "decision-7",
    report_type: "QUALIFY",
    inquiry_type: "SOFT_INQUIRY",
    version: "v1",
  };
  const { report: profile } = (await client.craCreditProfileReportGet(order)).data;
  assert.deepEqual([profile.client_report_id, profile.inquiry_type], ["decision-7", "SOFT_INQUIRY"]);
  const { score } = (await client.craCheckReportLendScoreGet({ user_id })).data.report.lend_score;
  assert.deepEqual(
    profile.lend_scores.map((one) => one.score),
    [score],
  );
  const { accounts } = (await client.accountsGet({ access_token })).data;
  assert.equal(profile.metadata.account_count, accounts.length);
  await refused("INVALID_FIELD", client.craCreditProfileReportGet({ ...order, client_report_id: "" }));

  const pdf = (await client.consumerReportPdfGet({ user_token }, { responseType: "arraybuffer" })).data;
  assert.ok(isPdf(pdf));
}
