// Link: a token, a session that the user leaves, one that succeeds, and its public token.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { data: created } = await client.linkTokenCreate({
    client_name: "Acme",
    language: "en",
    country_codes: ["US"],
    products: ["transactions"],
    user: { client_user_id: "ann" },
  });
  const token = created.link_token;
  assert.ok(token.startsWith("link-sandbox-"));
  const { data: shown } = await client.linkTokenGet({ link_token: token });
  assert.deepEqual(shown.metadata.initial_products, ["transactions"]);

  // A wrong password, and the user gives up.
  await plaid.control("POST", "link/select", { link_token: token, institution_id: "ins_109508" });
  const wrong = await plaid.control("POST", "link/login", {
    link_token: token,
    username: "user_good",
    password: "wrong",
  });
  assert.equal(wrong.error.error_code, "INVALID_CREDENTIALS");
  await plaid.exitLink(token, { error_type: "ITEM_ERROR", error_code: "INVALID_CREDENTIALS" });
  const [left] = (await client.linkTokenGet({ link_token: token })).data.link_sessions;
  assert.equal(left.exit.error.error_code, "INVALID_CREDENTIALS");
  assert.ok(!left.on_success);

  // The next attempt shares two accounts.
  const done = await plaid.completeLink(token, {
    username: "user_good",
    password: "pass_good",
    accounts: ["0000", "1111"],
  });
  const sessions = (await client.linkTokenGet({ link_token: token })).data.link_sessions;
  const results = sessions.flatMap((session) => session.results.item_add_results);
  assert.deepEqual(
    results.map((result) => result.public_token),
    [done.public_token],
  );
  const { data: item } = await client.itemPublicTokenExchange({ public_token: done.public_token });
  const { accounts } = (await client.accountsGet({ access_token: item.access_token })).data;
  assert.deepEqual(
    accounts.map((account) => account.mask),
    ["0000", "1111"],
  );
  await refused("INVALID_PUBLIC_TOKEN", client.itemPublicTokenExchange({ public_token: done.public_token }));
}
