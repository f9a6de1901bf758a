// Plaid Check after a loan was made: its payments are reported, and the borrower's cash flow is watched.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { borrower, linkFor } from "../lending.mjs";
import { refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const user = await borrower(client);
  const user_id = user.user_id;
  const user_token = user.user_token;
  const { access_token, item_id } = await linkFor(client, user_id);

  await client.craLoansApplicationsRegister({
    applications: [
      {
        user_token,
        application_id: "application-7",
        type: "PERSONAL",
        decision: "APPROVED",
        application_date: "2026-11-01",
        decision_date: "2026-11-02",
      },
    ],
  });
  await client.craLoansRegister({
    loans: [
      {
        user_token,
        loan_id: "loan-7",
        type: "PERSONAL",
        payment_schedule: "MONTHLY",
        opened_date: "2026-11-03",
        opened_with_status: { status: "CURRENT", date: "2026-11-03" },
        loan_amount: 5000.0,
      },
    ],
  });
  await client.craLoansUpdate({
    loans: [{ loan_id: "loan-7", status_history: [{ status: "CURRENT", date: "2026-11-20" }] }],
  });
  await refused(
    "INVALID_FIELD",
    client.craLoansUpdate({
      loans: [{ loan_id: "loan-8", status_history: [{ status: "CURRENT", date: "2026-11-20" }] }],
    }),
  );

  const { subscription_id } = (await client.craMonitoringInsightsSubscribe({ user_id, item_id, webhook: receiver.url }))
    .data;
  await plaid.advance(24 * 60 * 60);
  const told = await receiver.wait("CASH_FLOW_INSIGHTS_UPDATED", { user_id });
  assert.equal(told.status, "AVAILABLE");
  const { data: insights } = await client.craMonitoringInsightsGet({
    user_id,
    consumer_report_permissible_purpose: "ACCOUNT_REVIEW_CREDIT",
  });
  assert.deepEqual(
    insights.items.map((item) => item.item_id),
    [item_id],
  );
  // The Sandbox makes an update at once. It notices what has come in since the last one.
  const { account_id } = (await client.accountsGet({ access_token })).data.accounts[0];
  const lottery = { date: "2026-12-01", amount: -6000, description: "Lottery" };
  await plaid.appendTransactions(access_token, account_id, [lottery]);
  receiver.forget();
  await client.sandboxCraCashflowUpdatesUpdate({ user_id });
  const large = await receiver.wait("CASH_FLOW_INSIGHTS_UPDATED", { user_id });
  assert.deepEqual(large.insights, ["LARGE_DEPOSIT_DETECTED"]);
  await client.craMonitoringInsightsUnsubscribe({ subscription_id });
  await refused("INVALID_FIELD", client.craMonitoringInsightsUnsubscribe({ subscription_id }));
  await client.craLoansUnregister({
    loans: [{ loan_id: "loan-7", closed_with_status: { status: "PAID_OFF", date: "2026-11-30" } }],
  });
}
