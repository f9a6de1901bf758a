// Auth from numbers: a database says whether an account that a user typed in can be paid from.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { data: known } = await client.authVerify({
    legal_name: "John Smith",
    numbers: { ach: { account: "1111222233331111", routing: "110000000" } },
  });
  assert.equal(known.verification_status, "database_insights_pass");
  assert.equal(known.verification_insights.name_match_score, 100);
  const { data: doubtful } = await client.authVerify({
    legal_name: "Ann Perkins",
    numbers: { ach: { account: "1111222233333333", routing: "110000000" } },
  });
  assert.equal(doubtful.verification_status, "database_insights_pass_with_caution");
  const { data: other } = await client.authVerify({
    legal_name: "Ann Perkins",
    numbers: { ach: { account: "1111222233330009", routing: "110000000" } },
  });
  assert.equal(other.verification_status, "database_insights_fail");
  await refused(
    "INVALID_FIELD",
    client.authVerify({ numbers: { ach: { account: "1111222233331111", routing: "1" } } }),
  );
}
