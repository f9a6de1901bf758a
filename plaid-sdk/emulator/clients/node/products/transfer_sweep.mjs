// Sweeps: what many transfers come to arrives at the business's own account in one sum.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount } from "../support.mjs";
import { debit } from "../transfers.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const account = await linkAccount(client, ["transfer"]);
  const first = await debit(client, account, "20.00");
  const second = await debit(client, account, "7.50");
  for (const transfer of [first, second]) {
    await client.sandboxTransferSimulate({ transfer_id: transfer.id, event_type: "posted" });
  }
  const { sweep } = (await client.sandboxTransferSweepSimulate({ webhook: receiver.url })).data;
  assert.equal(sweep.amount, "27.50");
  await receiver.wait("TRANSFER_EVENTS_UPDATE");
  assert.equal((await client.transferGet({ transfer_id: first.id })).data.transfer.sweep_status, "swept");
  // A bank statement shows the first eight characters of the id.
  assert.equal((await client.transferSweepGet({ sweep_id: sweep.id.slice(0, 8) })).data.sweep.id, sweep.id);
  const events = (await client.transferEventList({ transfer_id: second.id })).data.transfer_events;
  assert.deepEqual(
    events.map((event) => event.event_type),
    ["swept", "posted", "pending"],
  );

  // What comes back after that is asked for again.
  await client.sandboxTransferSimulate({
    transfer_id: first.id,
    event_type: "returned",
    failure_reason: { ach_return_code: "R01" },
  });
  const back = (await client.sandboxTransferSweepSimulate({})).data.sweep;
  assert.equal(back.amount, "-20.00");
  assert.equal((await client.transferGet({ transfer_id: first.id })).data.transfer.sweep_status, "return_swept");
}
