// Protect: an event of a session is scored, and can be read again.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { data: sent } = await client.protectEventSend({
    event: { timestamp: "2026-11-01T12:00:00Z", user_sign_in: {} },
    request_trust_index: true,
  });
  const { data: read } = await client.protectEventGet({ event_id: sent.event_id });
  assert.equal(read.trust_index.score, sent.trust_index.score);
  await refused("INVALID_FIELD", client.protectEventGet({ event_id: "ptevt_1" }));
}
