// Payment profiles for Transfer (deprecated): a profile is ready once its user has been through Link.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const profile = (await client.paymentProfileCreate({})).data.payment_profile_token;
  assert.equal((await client.paymentProfileGet({ payment_profile_token: profile })).data.status, "PENDING");
  const token = (
    await client.linkTokenCreate({
      client_name: "Acme",
      language: "en",
      country_codes: ["US"],
      products: ["transfer"],
      user: { client_user_id: "ann" },
      transfer: { payment_profile_token: profile },
    })
  ).data.link_token;
  await plaid.completeLink(token);
  assert.equal((await client.paymentProfileGet({ payment_profile_token: profile })).data.status, "READY");
  await client.paymentProfileRemove({ payment_profile_token: profile });
  assert.equal((await client.paymentProfileGet({ payment_profile_token: profile })).data.status, "REMOVED");
}
