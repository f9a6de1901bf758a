// Auth: account and routing numbers, read at once after a login.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["auth"]);
  const { data: auth } = await client.authGet({ access_token });
  // Only accounts that can be paid from have numbers.
  assert.deepEqual(
    auth.accounts.map((account) => account.mask),
    ["0000", "1111", "9002"],
  );
  const [checking, saving, cash] = auth.numbers.ach;
  assert.deepEqual(
    [checking.account, checking.routing, checking.wire_routing],
    ["1111222233330000", "011401533", "021000021"],
  );
  assert.equal(saving.account, "1111222233331111");
  assert.equal(cash.account, "1111222233339002");
  assert.deepEqual(auth.numbers.eft, []);

  const loan = (await client.accountsGet({ access_token })).data.accounts[8];
  assert.equal(loan.name, "Plaid Mortgage");
  await refused("NO_AUTH_ACCOUNTS", client.authGet({ access_token, options: { account_ids: [loan.account_id] } }));
}
