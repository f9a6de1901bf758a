// FDX: a data provider tells that a user has taken back the consent.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["auth"], { webhook: receiver.url });
  const { item_id } = (await client.itemGet({ access_token })).data.item;
  const { recipients } = (await client.getRecipients()).data;
  const { data: recipient } = await client.getRecipient(recipients[0].recipient_id);
  assert.equal(recipient.client_name, recipients[0].client_name);

  const { data: consent } = await client.fdxConsentsGet(item_id);
  assert.deepEqual([consent.id, consent.status], [item_id, "ACTIVE"]);
  const { accounts } = (await client.accountsGet({ access_token })).data;
  assert.deepEqual(
    consent.resources.map((one) => one.resourceId),
    accounts.map((account) => account.account_id),
  );
  assert.ok(consent.resources[0].dataClusters.includes("ACCOUNT_PAYMENTS"));

  await client.fdxNotifications({
    notificationId: "notification-1",
    type: "CONSENT_REVOKED",
    sentOn: "2026-11-30T12:00:00+00:00",
    category: "CONSENT",
    notificationPayload: { id: item_id, idType: "CONSENT" },
  });
  await receiver.wait("USER_PERMISSION_REVOKED", { item_id });
  assert.equal((await client.fdxConsentsGet(item_id)).data.status, "REVOKED");
  await refused("USER_PERMISSION_REVOKED", client.accountsGet({ access_token }));
}
