// The older product for income: employers, and whether a payroll can be linked.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { employers } = (await client.employersSearch({ query: "Platypus", products: ["deposit_switch"] })).data;
  assert.ok(employers.length > 0);
  const { data: precheck } = await client.incomeVerificationPrecheck({ employer: { name: "employer_good" } });
  assert.equal(precheck.confidence, "HIGH");
  const { data: verification } = await client.incomeVerificationCreate({
    webhook: "https://example.com/webhook",
    precheck_id: precheck.precheck_id,
  });
  assert.notEqual(verification.income_verification_id, precheck.precheck_id);
  await refused(
    "INVALID_FIELD",
    client.incomeVerificationCreate({ webhook: "https://example.com/webhook", precheck_id: "nothing" }),
  );
}
