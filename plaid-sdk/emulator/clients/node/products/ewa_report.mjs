// Earned wage access: how likely it is that an advance of some size is paid back.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["transactions"], { username: "user_ewa_user" });
  const { data: found } = await client.betaEwaReportV1Get({ access_token });
  const scores = found.ewa_scores;
  assert.ok(scores.length > 1);
  // A larger advance is the greater risk.
  assert.ok(scores.every((one) => 0 <= one.score && one.score <= 100));
}
