// Payment profiles for Transfer (deprecated): a profile is ready once its user has been through Link.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, linkToken, refused } from "../support.mjs";
import { authorize } from "../transfers.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const profile = (await client.paymentProfileCreate({})).data.payment_profile_token;
  assert.equal((await client.paymentProfileGet({ payment_profile_token: profile })).data.status, "PENDING");
  const token = await linkToken(client, {
    products: ["transfer"],
    transfer: { payment_profile_token: profile },
  });
  const named = { payment_profile_token: profile };
  await refused("INVALID_FIELD", client.sandboxPaymentProfileResetLogin(named));
  await plaid.completeLink(token);
  assert.equal((await client.paymentProfileGet({ payment_profile_token: profile })).data.status, "READY");
  const account = { ...(await linkAccount(client, ["transfer"])), ...named };
  assert.equal((await authorize(client, account, "25.00")).decision, "approved");
  // Whose login has ended has to be in Link again before another debit.
  assert.ok((await client.sandboxPaymentProfileResetLogin(named)).data.reset_login);
  const waiting = await authorize(client, account, "25.00");
  assert.deepEqual(
    [waiting.decision, waiting.decision_rationale.code],
    ["user_action_required", "PAYMENT_PROFILE_LOGIN_REQUIRED"],
  );
  await client.paymentProfileRemove({ payment_profile_token: profile });
  assert.equal((await client.paymentProfileGet({ payment_profile_token: profile })).data.status, "REMOVED");
}
