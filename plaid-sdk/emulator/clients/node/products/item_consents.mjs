// Items: what a user agreed to, which applications are connected, and how an Item ends.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { importItem, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await importItem(client);
  const { consent_events } = (await client.consentEventsGet({ access_token })).data;
  assert.ok(consent_events.every((event) => event.event_type === "CONSENT_GRANTED"));
  assert.ok(consent_events.length > 0);
  const application_id = (await client.getRecipients()).data.recipients[0].recipient_id;
  await client.sandboxItemApplicationSeed({ access_token, application_id });
  const { application } = (await client.applicationGet({ application_id })).data;
  assert.equal(application.application_id, application_id);

  const { public_token } = (await client.itemCreatePublicToken({ access_token })).data;
  assert.ok(public_token.startsWith("public-sandbox-"));
  await client.itemProductsTerminate({ access_token, reason_code: "CONSUMER_ACCOUNT_CLOSED" });
  await refused("ITEM_NOT_FOUND", client.itemGet({ access_token }));
}
