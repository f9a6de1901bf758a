// Auth without a login: a small deposit is on its way, and the Sandbox lets it arrive or expire.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkToken, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const numbers = { account: "1111222233330000", routing: "021000021", name: "Ann Perkins", subtype: "checking" };
  const enter = async (login) => {
    const token = await linkToken(client, { products: ["auth"], webhook: receiver.url });
    const { public_token } = await plaid.completeLink(token, { ...login, numbers });
    return (await client.itemPublicTokenExchange({ public_token })).data.access_token;
  };
  const verified = async (access_token) => (await client.accountsGet({ access_token })).data.accounts[0];

  // A bank whose transactions Plaid can read confirms the deposit by itself.
  const login = { institution_id: "ins_109512", username: "microdeposits_good", password: "pass_good" };
  const access_token = await enter(login);
  const { account_id, verification_status } = await verified(access_token);
  assert.equal(verification_status, "pending_automatic_verification");
  await refused("PRODUCT_NOT_READY", client.authGet({ access_token }));
  const arrived = { access_token, account_id, verification_status: "automatically_verified" };
  await client.sandboxItemSetVerificationStatus(arrived);
  await receiver.wait("AUTOMATICALLY_VERIFIED", { account_id });
  assert.equal((await verified(access_token)).verification_status, "automatically_verified");
  assert.equal((await client.authGet({ access_token })).data.numbers.ach[0].account, "1111222233330000");
  await refused("INVALID_FIELD", client.sandboxItemSetVerificationStatus(arrived));

  // At another bank the user has to confirm it, and does not.
  const manual = await enter({});
  const waiting = await verified(manual);
  assert.equal(waiting.verification_status, "pending_manual_verification");
  await client.sandboxItemSetVerificationStatus({
    access_token: manual,
    account_id: waiting.account_id,
    verification_status: "verification_expired",
  });
  await receiver.wait("VERIFICATION_EXPIRED", { account_id: waiting.account_id });
  assert.equal((await verified(manual)).verification_status, "verification_expired");
}
