// Identity: the documents by which owners of accounts are known.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["identity"]);
  const { accounts } = (await client.identityDocumentsUploadsGet({ access_token })).data;
  assert.equal(accounts.length, 14);
  // The bank has told the owners, so nobody had to send a document.
  assert.deepEqual(accounts[0].documents, []);
  assert.deepEqual(accounts[0].owners[0].names, ["Alberta Bobbeth Charleson"]);
}
