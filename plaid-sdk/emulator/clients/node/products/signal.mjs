// Signal: the risk that a debit is returned, and what became of it.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { access_token, account_id } = await linkAccount(client, ["auth"]);
  await client.signalPrepare({ access_token });
  // Three amounts have scores of their own in the Sandbox.
  for (const [amount, score, result] of [
    [3.53, 10, "ACCEPT"],
    [12.17, 60, "REVIEW"],
    [27.53, 90, "REROUTE"],
  ]) {
    const { data: evaluated } = await client.signalEvaluate({
      access_token,
      account_id,
      client_transaction_id: `order-${score}`,
      amount,
    });
    assert.equal(evaluated.scores.bank_initiated_return_risk.score, score);
    assert.equal(evaluated.ruleset.result, result);
  }

  await client.signalDecisionReport({ client_transaction_id: "order-10", initiated: true });
  await client.signalReturnReport({ client_transaction_id: "order-10", return_code: "R01" });
  await refused(
    "CLIENT_TRANSACTION_ID_ALREADY_IN_USE",
    client.signalEvaluate({ access_token, account_id, client_transaction_id: "order-10", amount: 5.0 }),
  );
  await refused("INVALID_FIELD", client.signalReturnReport({ client_transaction_id: "unknown", return_code: "R01" }));
}
