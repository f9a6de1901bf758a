// Processors: whoever has the token of an account reads what the bank knows of it.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const products = ["auth", "identity", "investments", "investments_auth", "liabilities", "transactions"];
  const access_token = await link(client, products);
  const { accounts } = (await client.accountsGet({ access_token })).data;
  const token = async (subtype) => {
    const { account_id } = accounts.find((account) => account.subtype === subtype);
    return (await client.processorTokenCreate({ access_token, account_id, processor: "dwolla" })).data.processor_token;
  };

  const checking = await token("checking");
  const { account } = (await client.processorAccountGet({ processor_token: checking })).data;
  assert.deepEqual([account.subtype, account.mask], ["checking", "0000"]);
  const { data: rows } = await client.processorTransactionsGet({
    processor_token: checking,
    start_date: "2026-11-01",
    end_date: "2026-11-30",
  });
  assert.equal(rows.total_transactions, rows.transactions.length);
  assert.ok(rows.transactions.every((row) => row.account_id === account.account_id));
  await client.processorTransactionsRefresh({ processor_token: checking });
  const { data: streams } = await client.processorTransactionsRecurringGet({ processor_token: checking });
  assert.ok(streams.outflow_streams.every((stream) => stream.account_id === account.account_id));
  const { data: matched } = await client.processorIdentityMatch({
    processor_token: checking,
    user: { legal_name: "Alberta Bobbeth Charleson" },
  });
  assert.equal(matched.account.legal_name.score, 100);

  const { liabilities } = (await client.processorLiabilitiesGet({ processor_token: await token("credit card") })).data;
  assert.deepEqual([liabilities.credit.length, liabilities.mortgage], [1, null]);
  const invested = await token("401k");
  const { data: held } = await client.processorInvestmentsHoldingsGet({ processor_token: invested });
  assert.ok(held.holdings.every((one) => one.account_id === held.account.account_id));
  const { data: traded } = await client.processorInvestmentsTransactionsGet({
    processor_token: invested,
    start_date: "2026-01-01",
    end_date: "2026-11-30",
  });
  assert.ok(traded.investment_transactions.every((one) => one.account_id === traded.account.account_id));
  const { data: numbers } = await client.processorInvestmentsAuthGet({ processor_token: invested });
  assert.equal(numbers.account.account_id, held.account.account_id);

  const apex = { access_token, account_id: account.account_id };
  const { data: other } = await client.processorApexProcessorTokenCreate(apex);
  assert.notEqual(other.processor_token, checking);
  const { data: seeded } = await client.sandboxProcessorTokenCreate({ institution_id: "ins_109508" });
  assert.equal((await client.processorAuthGet({ processor_token: seeded.processor_token })).data.account.mask, "0000");
}
