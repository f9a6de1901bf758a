// Protect: a session in Link is scored, and reports of fraud lower the score of a user.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkToken, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  await plaid.control("POST", "dashboard/webhook", { url: receiver.url });
  const { user_id } = (await client.userCreate({ client_user_id: "ann" })).data;
  const before = (await client.protectCompute({ model: "ti-identity-2.0", user: { client_user_id: "ann" } })).data
    .score;
  const { data: report } = await client.protectReportCreate({
    user_id,
    report_confidence: "CONFIRMED",
    report_type: "USER_ACCOUNT_TAKEOVER",
    report_source: "INTERNAL_REVIEW",
  });
  assert.ok(
    (await client.protectCompute({ model: "ti-identity-2.0", user: { client_user_id: "ann" } })).data.score < before,
  );
  const { data: insights } = await client.protectUserInsightsGet({ user_id });
  assert.deepEqual(
    insights.reports.map((one) => one.report_id),
    [report.report_id],
  );
  assert.equal(insights.latest_scored_event, null);

  const token = await linkToken(client, { products: ["transactions", "protect_linked_bank"] });
  await plaid.completeLink(token);
  const told = await receiver.wait("PROTECT_USER_EVENT");
  assert.deepEqual([told.event_type, told.user_id], ["LINK_COMPLETE", user_id]);
  const scored = (await client.protectUserInsightsGet({ user_id })).data.latest_scored_event;
  assert.equal(scored.event_id, told.event_id);
  await refused("USER_NOT_FOUND", client.protectUserInsightsGet({ client_user_id: "bob" }));
}
