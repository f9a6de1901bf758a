// Hosted Link: Plaid shows the page, and webhooks say what the user did on it.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkToken, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { data: created } = await client.linkTokenCreate({
    client_name: "Acme",
    language: "en",
    country_codes: ["US"],
    products: ["auth"],
    user: { client_user_id: "ann", phone_number: "+14155550123" },
    webhook: receiver.url,
    hosted_link: { completion_redirect_uri: "https://example.com/done" },
  });
  assert.notEqual(created.hosted_link_url, null);
  await plaid.completeLink(created.link_token);
  const added = await receiver.wait("ITEM_ADD_RESULT", { link_token: created.link_token });
  const finished = await receiver.wait("SESSION_FINISHED", { link_token: created.link_token });
  assert.deepEqual([finished.status, finished.public_tokens], ["SUCCESS", [added.public_token]]);
  const { access_token } = (await client.itemPublicTokenExchange({ public_token: added.public_token })).data;
  assert.equal((await client.authGet({ access_token })).data.numbers.ach.length, 3);

  const { data: other } = await client.linkTokenCreate({
    client_name: "Acme",
    language: "en",
    country_codes: ["US"],
    products: ["auth"],
    user: { client_user_id: "bob" },
    webhook: receiver.url,
    hosted_link: {},
  });
  await plaid.exitLink(other.link_token);
  const left = await receiver.wait("SESSION_FINISHED", { link_token: other.link_token });
  assert.equal(left.status, "EXITED");

  // Plaid can also send the page to a person, and tells how far they are.
  const link_token = await linkToken(client, { products: ["auth"], webhook: receiver.url });
  const recipient = { communication_methods: [{ method: "SMS", address: "+14155550123" }] };
  const { data: sent } = await client.linkDeliveryCreate({ link_token, options: { recipient } });
  assert.ok(sent.link_delivery_url.includes(link_token));
  const { link_delivery_session_id } = sent;
  const told = await receiver.wait("DELIVERY_STATUS", { link_delivery_session_id });
  assert.equal(told.link_delivery_metadata.communication_method, "SMS");
  const delivery = async () => (await client.linkDeliveryGet({ link_delivery_session_id })).data;
  assert.equal((await delivery()).status, "CREATED");
  const done = await plaid.completeLink(link_token);
  const { item_id } = (await client.itemPublicTokenExchange({ public_token: done.public_token })).data;
  const { status, item_ids } = await delivery();
  assert.deepEqual([status, item_ids], ["COMPLETED", [item_id]]);
  await refused("INVALID_FIELD", client.linkDeliveryCreate({ link_token }));
}
