// Recurring transfers: a test clock lets the weeks of a plan pass.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";
import { rent } from "../transfers.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const account = await linkAccount(client, ["transfer"]);
  const clock = (await client.sandboxTransferTestClockCreate({ virtual_time: "2022-11-14T07:00:00-08:00" })).data
    .test_clock;
  const { data: created } = await rent(client, account, clock.test_clock_id, { end_date: "2022-11-30" });
  assert.equal(created.decision, "approved");
  const recurring_id = created.recurring_transfer.recurring_transfer_id;
  // Three Tuesdays are in the plan.
  for (const [time, transfers, status] of [
    ["2022-11-15T23:59:00-08:00", 1, "active"],
    ["2022-11-29T23:59:00-08:00", 3, "expired"],
    ["2022-12-06T23:59:00-08:00", 3, "expired"],
  ]) {
    await client.sandboxTransferTestClockAdvance({ test_clock_id: clock.test_clock_id, new_virtual_time: time });
    const now = (await client.transferRecurringGet({ recurring_transfer_id: recurring_id })).data.recurring_transfer;
    assert.deepEqual([now.transfer_ids.length, now.status], [transfers, status]);
  }
  await refused(
    "INVALID_FIELD",
    client.sandboxTransferTestClockAdvance({
      test_clock_id: clock.test_clock_id,
      new_virtual_time: "2022-11-15T00:00:00-08:00",
    }),
  );
  const recurring = (await client.transferRecurringGet({ recurring_transfer_id: recurring_id })).data
    .recurring_transfer;
  const listed = (await client.transferList({ count: 10 })).data.transfers;
  assert.deepEqual([...listed.map((one) => one.id)].sort(), [...recurring.transfer_ids].sort());
}
