// Liabilities: what a user owes on a card, a student loan and a mortgage.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["liabilities"]);
  const { data: found } = await client.liabilitiesGet({ access_token });
  const [card] = found.liabilities.credit;
  const [student] = found.liabilities.student;
  const [mortgage] = found.liabilities.mortgage;
  assert.deepEqual([card.minimum_payment_amount, card.last_statement_balance], [20, 1708.77]);
  assert.deepEqual(
    card.aprs.filter((apr) => apr.apr_percentage === 12.5).map((apr) => apr.apr_type),
    ["purchase_apr"],
  );
  assert.deepEqual([student.interest_rate_percentage, student.guarantor], [5.25, "DEPT OF ED"]);
  assert.deepEqual([mortgage.interest_rate.percentage, mortgage.next_monthly_payment], [3.99, 3141.54]);
  const [account] = found.accounts.filter((one) => one.account_id === mortgage.account_id);
  assert.deepEqual([account.mask, account.balances.current], ["8888", 56302.06]);
}
