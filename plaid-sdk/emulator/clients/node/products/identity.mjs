// Identity: who owns an account, and how well that fits what a user says.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["identity"], { webhook: receiver.url });
  const { accounts } = (await client.identityGet({ access_token })).data;
  const [owner] = accounts[0].owners;
  assert.deepEqual(owner.names, ["Alberta Bobbeth Charleson"]);
  assert.deepEqual(
    owner.emails.filter((email) => email.primary).map((email) => email.data),
    ["accountholder0@example.com"],
  );
  assert.equal(owner.addresses[0].data.city, "Malakoff");

  const matched = (
    await client.identityMatch({
      access_token,
      user: {
        legal_name: "Alberta Charleson",
        email_address: "accountholder0@example.com",
        phone_number: "+14155550123",
      },
    })
  ).data.accounts[0];
  assert.ok(matched.legal_name.score > 80);
  assert.equal(matched.email_address.score, 100);
  assert.ok(matched.phone_number.score < 50);
  assert.equal(matched.address.score, null);

  // An owner moves, and Identity reads the bank again.
  const changed = { names: ["Ann Perkins"], emails: [], phone_numbers: [], addresses: [] };
  await plaid.control("POST", `items/${access_token}/owners`, { account: "0000", owners: [changed] });
  await client.identityRefresh({ access_token });
  const told = await receiver.wait("DEFAULT_UPDATE");
  assert.equal(told.webhook_type, "IDENTITY");
  assert.deepEqual((await client.identityGet({ access_token })).data.accounts[0].owners[0].names, ["Ann Perkins"]);
}
