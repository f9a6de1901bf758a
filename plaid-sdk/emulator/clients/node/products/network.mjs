// Network: whether Plaid knows the person behind a phone number.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { data: known } = await client.networkStatusGet({ user: { phone_number: "+14155550011" } });
  assert.deepEqual([known.network_status, known.layer.eligible], ["RETURNING_USER", true]);
  assert.equal(
    (await client.networkStatusGet({ user: { phone_number: "+14155550010" } })).data.network_status,
    "UNKNOWN",
  );
  const { data: profile } = await client.profileNetworkStatusGet({ user: { phone_number: "+14155550011" } });
  assert.equal(profile.network_status, "RETURNING_USER");
  await refused("INVALID_FIELD", client.networkStatusGet({ user: { phone_number: "415-555-0011" } }));
}
