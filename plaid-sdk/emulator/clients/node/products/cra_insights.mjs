// Plaid Check's other reports: cash flow and network insights, and a verification for a mortgage.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { borrower } from "../lending.mjs";
import { isPdf } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_id } = await borrower(client);
  const token = (
    await client.linkTokenCreate({
      client_name: "Acme",
      language: "en",
      country_codes: ["US"],
      products: ["cra_base_report", "cra_cashflow_insights", "cra_network_insights"],
      user_id,
      webhook: "https://example.com/webhook",
      consumer_report_permissible_purpose: "EXTENSION_OF_CREDIT",
      cra_options: { days_requested: 365 },
    })
  ).data.link_token;
  await plaid.completeLink(token);
  await client.craCheckReportCreate({
    user_id,
    webhook: "https://example.com/webhook",
    days_requested: 365,
    consumer_report_permissible_purpose: "EXTENSION_OF_CREDIT",
    products: ["cra_base_report", "cra_cashflow_insights", "cra_network_insights"],
    cashflow_insights: { attributes_version: "CFI1" },
    base_report: { home_lending_report_options: { reports_requested: ["VOA"] } },
    network_insights: { network_insights_version: "NI1" },
  });
  const cashflow = (await client.craCheckReportCashflowInsightsGet({ user_id })).data.report;
  const network = (await client.craCheckReportNetworkInsightsGet({ user_id })).data.report;
  assert.equal(cashflow.report_id, network.report_id);
  assert.equal(network.items.length, 1);
  // Of what came in within 30 days, 500 dollars were a refund, and the rest was interest.
  assert.equal(cashflow.attributes.cash_flow_inflow_amt_30d, 504.22);
  const verification = (await client.craCheckReportVerificationGet({ user_id, reports_requested: ["VOA"] })).data
    .report;
  assert.notEqual(verification.voa, null);
  assert.ok(
    isPdf(
      (
        await client.craCheckReportVerificationPdfGet(
          { user_id, reports_requested: ["voa"] },
          { responseType: "arraybuffer" },
        )
      ).data,
    ),
  );
}
