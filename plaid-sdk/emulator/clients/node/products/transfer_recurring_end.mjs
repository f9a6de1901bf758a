// Recurring transfers: a plan is listed with its test clock, and ended by the application.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { access_token, account_id } = await linkAccount(client, ["transfer"]);
  const { test_clock_id } = (await client.sandboxTransferTestClockCreate({ virtual_time: "2022-11-14T15:00:00Z" })).data
    .test_clock;
  const { recurring_transfer_id } = (
    await client.transferRecurringCreate({
      access_token,
      account_id,
      type: "debit",
      network: "ach",
      ach_class: "ppd",
      amount: "12.34",
      user: { legal_name: "Anne Charleston" },
      description: "rent",
      idempotency_key: "rent-1",
      test_clock_id,
      schedule: { interval_unit: "week", interval_count: 1, interval_execution_day: 2, start_date: "2022-11-15" },
    })
  ).data.recurring_transfer;
  const { recurring_transfers } = (await client.transferRecurringList({})).data;
  assert.deepEqual(
    recurring_transfers.map((one) => one.recurring_transfer_id),
    [recurring_transfer_id],
  );
  const { test_clock: shown } = (await client.sandboxTransferTestClockGet({ test_clock_id })).data;
  assert.equal(shown.test_clock_id, test_clock_id);
  assert.equal((await client.sandboxTransferTestClockList({})).data.test_clocks.length, 1);

  await client.transferRecurringCancel({ recurring_transfer_id });
  assert.equal(
    (await client.transferRecurringGet({ recurring_transfer_id })).data.recurring_transfer.status,
    "cancelled",
  );
  await refused("INVALID_FIELD", client.transferRecurringCancel({ recurring_transfer_id }));
}
