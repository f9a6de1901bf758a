// Dashboard users: the people of the team, who are named in the audit trails of reviews.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  await plaid.control("POST", "dashboard/user", { email_address: "leslie@example.com" });
  const people = (await client.dashboardUserList({})).data.dashboard_users;
  const leslie = people.find((one) => one.email_address === "leslie@example.com");
  assert.equal(leslie.status, "active");
  const { data: found } = await client.dashboardUserGet({ dashboard_user_id: leslie.id });
  assert.deepEqual([found.id, found.email_address], [leslie.id, "leslie@example.com"]);
  await refused("INVALID_FIELD", client.dashboardUserGet({ dashboard_user_id: "000000000000000000000000" }));
}
