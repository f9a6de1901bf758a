// Payroll income and employment: a user logs in to a payroll, or uploads pay stubs.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkPayroll } from "../lending.mjs";
import { refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { data: user } = await client.userCreate({ client_user_id: "ann" });
  await refused("INCOME_VERIFICATION_NOT_FOUND", client.creditPayrollIncomeGet({ user_token: user.user_token }));
  const done = await linkPayroll(plaid, client, receiver, user.user_token, { flow_types: ["payroll_digital_income"] });

  const [item] = (await client.creditPayrollIncomeGet({ user_token: user.user_token })).data.items;
  assert.deepEqual([item.item_id, item.status.processing_status], [done.item_id, "PROCESSING_COMPLETE"]);
  const stubs = item.payroll_income[0].pay_stubs;
  assert.equal(stubs.length, 2);
  const latest = stubs[0];
  assert.equal(latest.employer.name, "Platypus Industries");
  // What is paid out is what was earned without what was taken off.
  assert.equal(
    Number((latest.earnings.total.current_amount - latest.deductions.total.current_amount).toFixed(2)),
    latest.net_pay.current_amount,
  );
  const [job] = (await client.creditEmploymentGet({ user_token: user.user_token })).data.items[0].employments;
  assert.deepEqual([job.employer.name, job.status], ["Platypus Industries", "ACTIVE"]);

  // A session of the user says how it went.
  const [session] = (await client.creditSessionsGet({ user_token: user.user_token })).data.sessions;
  const [added] = session.results.payroll_income_results;
  assert.deepEqual([added.num_paystubs_retrieved, added.institution_id], [2, "ins_109508"]);
  const { data: precheck } = await client.creditPayrollIncomePrecheck({
    user_token: user.user_token,
    employer: { name: "employer_good" },
  });
  assert.equal(precheck.confidence, "HIGH");

  // Two weeks later there is another pay stub.
  const refresh = () => client.creditPayrollIncomeRefresh({ user_token: user.user_token });
  assert.equal((await refresh()).data.verification_refresh_status, "NOT_FOUND");
  await plaid.advance(14 * 24 * 60 * 60);
  assert.equal((await refresh()).data.verification_refresh_status, "SUCCESSFUL");
  const [later] = (await client.creditPayrollIncomeGet({ user_token: user.user_token })).data.items;
  const paid = (stub) => stub.pay_period_details.pay_date;
  assert.ok(paid(later.payroll_income[0].pay_stubs[0]) > paid(latest));
}
