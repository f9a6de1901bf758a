// Ledgers: money is distributed between two of them, and each movement is listed.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

// Each client of the Sandbox has a second ledger.
const SECOND = "0f2bbb5e-4a3c-4f3f-9a3e-6d9a70f1a002";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { ledger_id: first } = (await client.transferLedgerGet({})).data;
  const move = { from_ledger_id: first, to_ledger_id: SECOND, amount: "40.00", idempotency_key: "move-1" };
  await client.transferLedgerDistribute(move);
  // The same key moves nothing twice.
  await client.transferLedgerDistribute(move);
  assert.equal((await client.transferLedgerGet({})).data.balance.available, "60.00");
  assert.equal((await client.transferLedgerGet({ ledger_id: SECOND })).data.balance.available, "40.00");
  const { ledger_events } = (await client.transferLedgerEventList({ ledger_id: SECOND })).data;
  assert.deepEqual(
    ledger_events.map((event) => event.amount),
    ["40.00"],
  );
  await refused(
    "INVALID_FIELD",
    client.transferLedgerDistribute({ ...move, amount: "60.01", idempotency_key: "move-2" }),
  );
  const { balance } = (await client.transferBalanceGet({ type: "prefunded_ach_credits" })).data;
  assert.equal(balance.available, "60.00");
  const { data: metrics } = await client.transferMetricsGet({});
  assert.equal(metrics.iso_currency_code, "USD");
}
