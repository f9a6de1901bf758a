// Layer: a person whom Plaid knows shares an identity and Items by a phone number.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_id } = (
    await client.userCreate({
      client_user_id: "ann",
      identity: { phone_numbers: [{ data: "+14155550011", primary: true }] },
    })
  ).data;
  const { data: created } = await client.sessionTokenCreate({
    template_id: "template_1",
    user_id,
    webhook: receiver.url,
  });
  const done = await plaid.completeLink(created.link.link_token);
  const passed = await receiver.wait("LAYER_AUTHENTICATION_PASSED");
  assert.equal(passed.link_token, created.link.link_token);
  const { data: shared } = await client.userAccountSessionGet({ public_token: done.public_token });
  assert.deepEqual([shared.identity.phone_number, shared.identity.date_of_birth], ["+14155550011", "1975-01-18"]);
  const [item] = shared.items;
  assert.ok((await client.accountsGet({ access_token: item.access_token })).data.accounts.length > 0);
  await client.userAccountSessionEventSend({
    link_session_id: passed.link_session_id,
    event: { name: "onboarded", timestamp: "2026-11-30T12:00:00+00:00" },
  });

  // Not everyone is eligible.
  const stranger = (
    await client.userCreate({
      client_user_id: "bob",
      identity: { phone_numbers: [{ data: "+14155550000", primary: true }] },
    })
  ).data.user_id;
  const other = (await client.sessionTokenCreate({ template_id: "template_1", user_id: stranger })).data.link
    .link_token;
  const left = await plaid.completeLink(other);
  assert.equal((await client.userAccountSessionGet({ public_token: left.public_token })).data.identity, null);
}
