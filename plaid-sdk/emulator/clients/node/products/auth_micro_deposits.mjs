// Auth without a login: a user enters numbers, and the code of a deposit proves that the account is theirs.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkToken, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const token = await linkToken(client, {
    products: ["auth"],
    webhook: receiver.url,
    auth: { same_day_microdeposits_enabled: true },
  });
  const numbers = { account: "1111222233330000", routing: "110000000", name: "Ann Perkins", subtype: "checking" };
  const done = await plaid.completeLink(token, { numbers });
  const { access_token } = (await client.itemPublicTokenExchange({ public_token: done.public_token })).data;
  const [account] = (await client.accountsGet({ access_token })).data.accounts;
  assert.equal(account.verification_status, "pending_manual_verification");
  await refused("PRODUCT_NOT_READY", client.authGet({ access_token }));

  // The user comes back with the code that the bank shows beside the deposit.
  const again = await linkToken(client, { access_token });
  await plaid.completeLink(again, { code: "ABC" });
  const { data: auth } = await client.authGet({ access_token });
  assert.equal(auth.accounts[0].verification_status, "manually_verified");
  assert.deepEqual([auth.numbers.ach[0].account, auth.numbers.ach[0].routing], ["1111222233330000", "110000000"]);
  await refused(
    "PRODUCTS_NOT_SUPPORTED",
    client.transactionsGet({ access_token, start_date: "2026-11-01", end_date: "2026-11-30" }),
  );
}
