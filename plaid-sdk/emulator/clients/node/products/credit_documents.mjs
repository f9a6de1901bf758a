// Document income: a user uploads pay stubs, and Plaid looks for signs of fraud.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkPayroll } from "../lending.mjs";
import { refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { data: user } = await client.userCreate({ client_user_id: "ann" });
  await linkPayroll(plaid, client, receiver, user.user_token, {
    flow_types: ["payroll_document_income"],
    parsing_config: ["ocr", "risk_signals"],
  });
  const [item] = (await client.creditPayrollIncomeGet({ user_token: user.user_token })).data.items;
  const stubs = item.payroll_income[0].pay_stubs;
  assert.ok(stubs.length > 0);
  assert.notEqual(stubs[0].document_metadata.name, null);
  await receiver.wait("INCOME_VERIFICATION_RISK_SIGNALS");
  const [signals] = (await client.creditPayrollIncomeRiskSignalsGet({ user_token: user.user_token })).data.items;
  assert.equal(signals.item_id, item.item_id);
  // Afterwards only the figures are read.
  await client.creditPayrollIncomeParsingConfigUpdate({ user_token: user.user_token, parsing_config: ["ocr"] });
  await refused(
    "INVALID_FIELD",
    client.creditPayrollIncomeParsingConfigUpdate({ user_token: user.user_token, parsing_config: [] }),
  );
  const [uploaded] = (await client.creditBankStatementsUploadsGet({ user_token: user.user_token })).data.items;
  assert.equal(uploaded.item_id, item.item_id);
  const [statement] = uploaded.bank_statements;
  const [period] = statement.bank_accounts[0].periods;
  assert.deepEqual([period.start_date, period.end_date], ["2026-10-01", "2026-10-31"]);
  // What goes out of an account has a positive amount.
  const out = statement.transactions.reduce((sum, row) => sum + row.amount, 0);
  assert.equal((period.starting_balance - out).toFixed(2), period.ending_balance.toFixed(2));
  // Documents stay as they were uploaded. Only a payroll is read again.
  await refused("INVALID_FIELD", client.creditPayrollIncomeRefresh({ user_token: user.user_token }));
}
