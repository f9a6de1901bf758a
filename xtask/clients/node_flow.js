// Goes through the common flow with Plaid's client. Usage: node_flow.js FOLDER URL [CLIENT_ID], where FOLDER has node_modules.
// Without a client id, no credentials are sent.
"use strict";

const assert = require("node:assert/strict");
const { createRequire } = require("node:module");

const [folder, url, clientId] = process.argv.slice(2);
const { Configuration, PlaidApi } = createRequire(`${folder}/`)("plaid");
const headers = clientId ? { "PLAID-CLIENT-ID": clientId, "PLAID-SECRET": "secret" } : {};
const client = new PlaidApi(new Configuration({ basePath: url, baseOptions: { headers } }));

async function main() {
  const link = await client.linkTokenCreate({
    client_name: "Acme",
    language: "en",
    country_codes: ["US"],
    products: ["transactions"],
    user: { client_user_id: "user-1" },
  });
  assert.match(link.data.link_token, /^link-sandbox-/);
  const created = await client.sandboxPublicTokenCreate({
    institution_id: "ins_109508",
    initial_products: ["transactions"],
  });
  const exchanged = await client.itemPublicTokenExchange({ public_token: created.data.public_token });
  const { access_token } = exchanged.data;
  const accounts = await client.accountsGet({ access_token });
  assert.equal(accounts.data.accounts.length, 14);

  const added = [];
  let cursor = "";
  for (let more = true; more; ) {
    const { data } = await client.transactionsSync({ access_token, cursor, count: 20 });
    added.push(...data.added);
    cursor = data.next_cursor;
    more = data.has_more;
  }
  assert.ok(added.length >= 45, String(added.length));
  assert.equal(new Set(added.map((one) => one.transaction_id)).size, added.length);

  await client.itemRemove({ access_token });
  await assert.rejects(client.accountsGet({ access_token }), (error) => {
    assert.equal(error.response.status, 400);
    assert.equal(error.response.data.error_code, "ITEM_NOT_FOUND");
    return true;
  });
  console.log(`the client read 14 accounts and ${added.length} transactions, and removed the Item`);
}

main().catch((error) => {
  console.error(error.stack, error.response?.data ?? "");
  process.exit(1);
});
