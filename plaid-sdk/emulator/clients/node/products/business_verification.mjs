// Business verification: registries and the website of a company are looked up.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { data: made } = await client.businessVerificationCreate({
    client_user_id: "acme",
    business: {
      name: "Acme",
      website: "https://example.com",
      address: { street: "1 Main St.", city: "Pawnee", region: "IN", postal_code: "46001", country: "US" },
    },
  });
  assert.equal(made.status, "active");
  const { data: found } = await client.businessVerificationGet({ business_verification_id: made.id });
  assert.equal(found.status, "success");
  assert.deepEqual([found.kyb_check.name.summary, found.kyb_check.address.summary], ["match", "match"]);
  assert.equal(found.digital_presence_check.website.summary, "match");

  // A name alone is not enough.
  const { data: other } = await client.businessVerificationCreate({
    client_user_id: "nobody",
    business: { name: "Nobody" },
  });
  const { data: failed } = await client.businessVerificationGet({ business_verification_id: other.id });
  assert.deepEqual([failed.status, failed.kyb_check.address.summary], ["failed", "no_input"]);
  await refused("INVALID_FIELD", client.businessVerificationGet({ business_verification_id: "busver_unknown" }));
}
