// Third-party tokens: another company reads a user's report, until the token is taken back.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { borrower, linkFor } from "../lending.mjs";
import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_id } = await borrower(client);
  const { access_token, item_id } = await linkFor(client, user_id);
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
