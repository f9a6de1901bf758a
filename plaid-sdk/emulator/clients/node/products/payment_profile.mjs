// Payment profiles for Transfer (deprecated): a profile is ready once its user has been through Link.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkToken } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const profile = (await client.paymentProfileCreate({})).data.payment_profile_token;
  assert.equal((await client.paymentProfileGet({ payment_profile_token: profile })).data.status, "PENDING");
  const token = await linkToken(client, {
    products: ["transfer"],
    transfer: { payment_profile_token: profile },
  });
  await plaid.completeLink(token);
  assert.equal((await client.paymentProfileGet({ payment_profile_token: profile })).data.status, "READY");
  await client.paymentProfileRemove({ payment_profile_token: profile });
  assert.equal((await client.paymentProfileGet({ payment_profile_token: profile })).data.status, "REMOVED");
}
