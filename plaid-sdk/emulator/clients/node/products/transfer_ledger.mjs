// Ledgers: money is deposited, paid out and swept, and the balance is the sum of it.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const start = (await client.transferLedgerGet({})).data.balance;
  assert.deepEqual([start.available, start.pending], ["100.00", "0.00"]);
  const deposit = (
    await client.transferLedgerDeposit({ amount: "50.25", idempotency_key: "deposit-1", network: "ach" })
  ).data.sweep;
  assert.deepEqual([deposit.amount, deposit.status], ["-50.25", "pending"]);
  assert.equal((await client.transferLedgerGet({})).data.balance.pending, "50.25");
  for (const event of ["sweep.posted", "sweep.settled"]) {
    await client.sandboxTransferLedgerDepositSimulate({ sweep_id: deposit.id, event_type: event });
  }
  await client.sandboxTransferLedgerSimulateAvailable({});
  const { balance } = (await client.transferLedgerGet({})).data;
  assert.deepEqual([balance.available, balance.pending], ["150.25", "0.00"]);
  assert.equal((await client.transferSweepGet({ sweep_id: deposit.id })).data.sweep.status, "funds_available");

  const withdrawal = (
    await client.transferLedgerWithdraw({ amount: "150.00", idempotency_key: "withdrawal-1", network: "ach" })
  ).data.sweep;
  assert.equal((await client.transferLedgerGet({})).data.balance.available, "0.25");
  await client.sandboxTransferLedgerWithdrawSimulate({ sweep_id: withdrawal.id, event_type: "sweep.failed" });
  assert.equal((await client.transferLedgerGet({})).data.balance.available, "150.25");
  await refused(
    "INVALID_FIELD",
    client.transferLedgerWithdraw({ amount: "150.26", idempotency_key: "withdrawal-2", network: "ach" }),
  );
  assert.equal((await client.transferSweepList({})).data.sweeps.length, 2);
  const events = (await client.transferEventSync({ after_id: 0 })).data.transfer_events;
  assert.deepEqual(
    events.filter((event) => event.sweep_id === withdrawal.id).map((event) => event.event_type),
    ["sweep.pending", "sweep.failed"],
  );
}
