// Users: one person with several banks, who is renamed, logs out and leaves.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_id } = (
    await client.userCreate({
      client_user_id: "ann",
      identity: {
        name: { given_name: "Anna", family_name: "Charleston" },
        emails: [{ data: "anna@example.com", primary: true }],
      },
    })
  ).data;
  // The same name is the same user.
  assert.equal((await client.userCreate({ client_user_id: "ann" })).data.user_id, user_id);
  await client.userUpdate({ user_id, identity: { emails: [{ data: "new@example.com", primary: true }] } });
  const { data: user } = await client.userGet({ user_id });
  assert.deepEqual(
    [user.client_user_id, user.identity.emails[0].data, user.identity.name.given_name],
    ["ann", "new@example.com", "Anna"],
  );

  const access_tokens = [
    await link(client, ["transactions"]),
    await link(client, ["transactions"], { institution_id: "ins_109509" }),
  ];
  const item_ids = await Promise.all(
    access_tokens.map(async (token) => (await client.itemGet({ access_token: token })).data.item.item_id),
  );
  await client.userItemsAssociate({ user_id, item_ids });
  const { items } = (await client.userItemsGet({ user_id })).data;
  assert.deepEqual([...items.map((item) => item.item_id)].sort(), [...item_ids].sort());
  await client.sandboxUserResetLogin({ user_id });
  const { data: refreshed } = await client.userTransactionsRefresh({ user_id });
  assert.deepEqual(
    refreshed.results.map((result) => result.error.error_code),
    ["ITEM_LOGIN_REQUIRED", "ITEM_LOGIN_REQUIRED"],
  );

  await client.userRemove({ user_id });
  await refused("USER_NOT_FOUND", client.userGet({ user_id }));
  await refused("ITEM_NOT_FOUND", client.accountsGet({ access_token: access_tokens[0] }));
}
