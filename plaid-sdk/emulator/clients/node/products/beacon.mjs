// Beacon: a person whose identity was reported as stolen wants another account.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  await plaid.control("POST", "dashboard/webhook", { url: receiver.url });
  const program = "becprg_11111111111111";
  const { data: first } = await client.beaconUserCreate({
    program_id: program,
    client_user_id: "ann",
    user: {
      date_of_birth: "1976-02-25",
      name: { given_name: "Ann", family_name: "Perkins" },
      email_address: "ann@example.com",
      phone_number: "+12345678900",
    },
  });
  assert.deepEqual([first.status, first.version], ["cleared", 1]);
  const { data: report } = await client.beaconReportCreate({
    beacon_user_id: first.id,
    type: "stolen",
    fraud_date: "2026-11-01",
  });
  await receiver.wait("REPORT_CREATED", { beacon_report_id: report.id });
  const listed = (await client.beaconReportList({ beacon_user_id: first.id })).data.beacon_reports;
  assert.deepEqual(
    listed.map((one) => one.id),
    [report.id],
  );

  // The same data under another id is a duplicate, and has to be reviewed because of the report.
  const { data: second } = await client.beaconUserCreate({
    program_id: program,
    client_user_id: "ann-again",
    user: {
      date_of_birth: "1976-02-25",
      name: { given_name: "Ann", family_name: "Perkins" },
      email_address: "ann@example.com",
      phone_number: "+12345678900",
    },
  });
  assert.equal(second.status, "pending_review");
  const told = await receiver.wait("DUPLICATE_DETECTED");
  const { data: duplicate } = await client.beaconDuplicateGet({ beacon_duplicate_id: told.beacon_duplicate_id });
  assert.deepEqual([duplicate.beacon_user1.id, duplicate.beacon_user2.id], [first.id, second.id]);
  assert.deepEqual([duplicate.analysis.name, duplicate.analysis.phone_number], ["match", "match"]);
  const [syndication] = (await client.beaconReportSyndicationList({ beacon_user_id: second.id })).data
    .beacon_report_syndications;
  assert.deepEqual([syndication.report.id, syndication.report.type], [report.id, "stolen"]);

  const { data: reviewed } = await client.beaconUserReview({ beacon_user_id: second.id, status: "cleared" });
  assert.equal(reviewed.status, "cleared");
  const { data: read } = await client.beaconUserGet({ beacon_user_id: second.id });
  assert.deepEqual([read.status, read.version, read.client_user_id], ["cleared", 2, "ann-again"]);
  const history = (await client.beaconUserHistoryList({ beacon_user_id: second.id })).data.beacon_users;
  assert.deepEqual(
    history.map((one) => one.status),
    ["cleared", "pending_review"],
  );
  await refused("INVALID_FIELD", client.beaconUserGet({ beacon_user_id: "becusr_unknown" }));
}
