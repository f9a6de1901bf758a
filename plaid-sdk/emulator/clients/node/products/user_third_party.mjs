// Third-party tokens: another company reads a user's report, until the token is taken back.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_id } = (
    await client.userCreate({
      client_user_id: "ann",
      identity: {
        name: { given_name: "Anna", family_name: "Charleston" },
        date_of_birth: "1975-01-18",
        emails: [{ data: "anna@example.com", primary: true }],
        phone_numbers: [{ data: "+14155550011", primary: true }],
        addresses: [
          {
            street_1: "2493 Leisure Lane",
            city: "San Matias",
            region: "CA",
            postal_code: "93405",
            country: "US",
            primary: true,
          },
        ],
      },
    })
  ).data;
  const access_token = await link(client, ["transactions"]);
  const { item_id } = (await client.itemGet({ access_token })).data.item;
  await client.userItemsAssociate({ user_id, item_ids: [item_id] });
  await client.craCheckReportCreate({
    user_id,
    webhook: "https://example.com/webhook",
    days_requested: 90,
    consumer_report_permissible_purpose: "EXTENSION_OF_CREDIT",
  });
  const token = (await client.userThirdPartyTokenCreate({ user_id, third_party_client_id: "abcdefabcdefabcdefabcdef" }))
    .data.third_party_user_token;
  const { report } = (await client.craCheckReportBaseReportGet({ third_party_user_token: token })).data;
  assert.equal(report.items[0].item_id, item_id);
  assert.ok((await client.userThirdPartyTokenRemove({ third_party_user_token: token })).data.removed);
  await refused("INVALID_USER_TOKEN", client.craCheckReportBaseReportGet({ third_party_user_token: token }));
  await client.userItemsRemove({ user_id, item_ids: [item_id] });
  await refused("ITEM_NOT_FOUND", client.accountsGet({ access_token }));
}
