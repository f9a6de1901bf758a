// Bank income: employers, a newer report, and webhooks about sources that come later.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { bankIncome } from "../lending.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_id, user_token, item_id } = await bankIncome(client, receiver);
  const [jobs] = (await client.creditBankEmploymentGet({ user_token })).data.bank_employment_reports;
  assert.equal(jobs.items[0].bank_employments[0].employer.name, "Plaid Inc");

  await client.creditBankIncomeRefresh({ user_token, options: { days_requested: 60 } });
  assert.equal((await receiver.wait("BANK_INCOME_REFRESH_COMPLETE")).result, "SUCCESS");
  const { bank_income } = (await client.creditBankIncomeGet({ user_token, options: { count: 2 } })).data;
  assert.deepEqual(
    bank_income.map((report) => report.days_requested),
    [60, 120],
  );
  await client.creditBankIncomeWebhookUpdate({ user_token, enable_webhooks: true });
  await client.sandboxBankIncomeFireWebhook({
    webhook_code: "BANK_INCOME_REFRESH_UPDATE",
    webhook_fields: { user_id },
  });
  assert.equal((await receiver.wait("BANK_INCOME_REFRESH_UPDATE")).user_id, user_id);
  await client.sandboxIncomeFireWebhook({
    item_id,
    webhook: receiver.url,
    webhook_code: "INCOME_VERIFICATION",
    verification_status: "VERIFICATION_STATUS_PROCESSING_COMPLETE",
  });
  assert.equal((await receiver.wait("INCOME_VERIFICATION", { item_id })).webhook_type, "INCOME");
}
