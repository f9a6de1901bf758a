// Issues: a user can't log in, the bank is known to be broken, and the application is told when it is repaired.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkToken, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const token = await linkToken(client, { products: ["auth"] });
  await plaid.control("POST", "link/select", { link_token: token, institution_id: "ins_132361" });
  await plaid.exitLink(token);
  const session = (await client.linkTokenGet({ link_token: token })).data.link_sessions[0];
  const [issue] = (await client.issuesSearch({ link_session_id: session.link_session_id })).data.issues;
  assert.deepEqual([issue.status, issue.institution_ids], ["REPORTED", ["ins_132361"]]);

  await client.issuesSubscribe({ issue_id: issue.issue_id, webhook: receiver.url });
  for (const status of ["AWAITING_RESOLUTION", "FIX_IN_PROGRESS", "FIX_PENDING_VALIDATION", "RESOLVED"]) {
    await plaid.control("POST", `issues/${issue.issue_id}`, { status });
    assert.equal((await client.issuesGet({ issue_id: issue.issue_id })).data.issue.status, status);
  }
  const told = await receiver.wait("ISSUE_RESOLVED");
  assert.deepEqual([told.issue_id, told.institution_id], [issue.issue_id, "ins_132361"]);
  await refused("INVALID_FIELD", client.issuesGet({ issue_id: "unknown" }));
}
