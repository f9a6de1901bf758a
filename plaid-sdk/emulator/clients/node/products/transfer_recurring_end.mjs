// Recurring transfers: a plan is listed with its test clock, and ended by the application.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";
import { rent } from "../transfers.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const account = await linkAccount(client, ["transfer"]);
  const { test_clock_id } = (await client.sandboxTransferTestClockCreate({ virtual_time: "2022-11-14T15:00:00Z" })).data
    .test_clock;
  const { recurring_transfer } = (await rent(client, account, test_clock_id)).data;
  const { recurring_transfer_id } = recurring_transfer;
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
