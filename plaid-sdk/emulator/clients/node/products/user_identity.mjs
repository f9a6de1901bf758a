// Users: what is known of a person is removed, and so are the products that are paid for.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { borrower } from "../lending.mjs";
import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_id } = await borrower(client);
  assert.equal((await client.userGet({ user_id })).data.identity.name.given_name, "Anna");
  await client.userIdentityRemove({ user_id });
  assert.ok(!(await client.userGet({ user_id })).data.identity);
  await client.userProductsTerminate({ user_id, reason_code: "CONSUMER_LOAN_PAID_OFF" });
  await refused("USER_NOT_FOUND", client.userIdentityRemove({ user_id: "usr_11111111111111" }));
}
