// Beacon: a report and how it reaches another user, and what is known of a user's accounts.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const create = async (client_user_id) => {
    const user = {
      date_of_birth: "1976-02-25",
      name: { given_name: "Ann", family_name: "Perkins" },
      email_address: "ann@example.com",
    };
    return (await client.beaconUserCreate({ program_id: "becprg_11111111111111", client_user_id, user })).data;
  };
  const [reported, other] = [await create("one"), await create("two")];
  const { data: report } = await client.beaconReportCreate({
    beacon_user_id: reported.id,
    type: "stolen",
    fraud_date: "2026-11-01",
  });
  assert.equal((await client.beaconReportGet({ beacon_report_id: report.id })).data.beacon_user_id, reported.id);
  const [{ id }] = (await client.beaconReportSyndicationList({ beacon_user_id: other.id })).data
    .beacon_report_syndications;
  const { data: reached } = await client.beaconReportSyndicationGet({ beacon_report_syndication_id: id });
  assert.deepEqual([reached.beacon_user_id, reached.report.id], [other.id, report.id]);

  const access_token = await link(client, ["auth"]);
  const { data: updated } = await client.beaconUserUpdate({
    beacon_user_id: other.id,
    user: { email_address: "new@example.com" },
    access_tokens: [access_token],
  });
  assert.deepEqual([updated.user.email_address, updated.item_ids.length], ["new@example.com", 1]);
  const insights = await client.beaconUserAccountInsightsGet({ beacon_user_id: other.id, access_token });
  const { accounts } = insights.data.bank_account_insights;
  assert.equal(accounts[0].attributes.total_plaid_connections_count, 1);
  const { data: risk } = await client.beaconAccountRiskEvaluate({ access_token });
  assert.equal(risk.accounts.length, accounts.length);
  await refused("INVALID_FIELD", client.beaconReportGet({ beacon_report_id: "becrpt_11111111111111" }));
}
