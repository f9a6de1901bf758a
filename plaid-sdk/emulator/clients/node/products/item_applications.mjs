// Connected applications: what a bank's customer shares with whom, and how a connection ends.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { importItem, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await importItem(client);
  const { recipients } = (await client.getRecipients()).data;
  const application_id = recipients[0].recipient_id;
  await client.sandboxItemApplicationSeed({ access_token, application_id });
  assert.equal((await client.getRecipients()).data.recipients[0].connection_count, 1);

  const { account_id } = (await client.accountsGet({ access_token })).data.accounts[0];
  await client.itemApplicationScopesUpdate({
    access_token,
    application_id,
    scopes: { accounts: [{ unique_id: account_id, authorized: true }], new_accounts: false },
    context: "PORTAL",
  });
  const { applications } = (await client.itemApplicationList({ access_token })).data;
  assert.deepEqual(
    applications.map((one) => [one.application_id, one.name]),
    [[application_id, recipients[0].client_name]],
  );
  assert.deepEqual(applications[0].scopes.accounts, [{ unique_id: account_id, authorized: true }]);
  await client.itemApplicationUnlink({ access_token, application_id });
  assert.deepEqual((await client.itemApplicationList({ access_token })).data.applications, []);
  await refused("INVALID_FIELD", client.itemApplicationUnlink({ access_token, application_id }));
  const { activities } = (await client.itemActivityList({ access_token })).data;
  assert.deepEqual(
    activities.map((one) => one.activity),
    ["PORTAL_UNLINK", "SCOPES_UPDATE", "ITEM_IMPORT"],
  );
}
