// Accounts: what a user shares, and balances that the bank is asked for.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["transactions"]);
  const { accounts } = (await client.accountsGet({ access_token })).data;
  assert.equal(accounts.length, 14);
  const checking = accounts[0];
  assert.deepEqual([checking.mask, checking.type, checking.subtype], ["0000", "depository", "checking"]);
  assert.deepEqual([checking.balances.available, checking.balances.current], [100, 110]);

  // A bank that sees a purchase shows another balance from then on.
  await plaid.control("POST", `items/${access_token}/balances`, { account: "0000", available: 80.5, current: 90.5 });
  const [fresh] = (await client.accountsBalanceGet({ access_token, options: { account_ids: [checking.account_id] } }))
    .data.accounts;
  assert.deepEqual(
    [fresh.account_id, fresh.balances.available, fresh.balances.current],
    [checking.account_id, 80.5, 90.5],
  );

  await refused("INVALID_FIELD", client.accountsBalanceGet({ access_token, options: { account_ids: ["unknown"] } }));
  await refused(
    "INVALID_ACCESS_TOKEN",
    client.accountsGet({ access_token: "access-sandbox-00000000-0000-0000-0000-000000000000" }),
  );
}
