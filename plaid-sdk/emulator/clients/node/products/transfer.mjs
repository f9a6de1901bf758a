// Transfer: a debit is authorized, created and settled, and a refused one never starts.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";
import { authorize } from "../transfers.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const account = await linkAccount(client, ["transfer"]);
  const authorization = await authorize(client, account, "25.00", { idempotency_key: "order-7" });
  assert.deepEqual([authorization.decision, authorization.decision_rationale], ["approved", null]);
  const order = { ...account, authorization_id: authorization.id, description: "order 7" };
  const { transfer } = (await client.transferCreate(order)).data;
  assert.deepEqual([transfer.status, transfer.amount, transfer.cancellable], ["pending", "25.00", true]);
  // The same authorization never makes two.
  const again = (await client.transferCreate(order)).data.transfer;
  assert.equal(again.id, transfer.id);

  for (const event of ["posted", "settled"]) {
    await client.sandboxTransferSimulate({ transfer_id: transfer.id, event_type: event, webhook: receiver.url });
  }
  assert.equal((await receiver.wait("TRANSFER_EVENTS_UPDATE")).webhook_type, "TRANSFER");
  assert.equal((await client.transferGet({ transfer_id: transfer.id })).data.transfer.status, "settled");
  await refused("TRANSFER_NOT_CANCELLABLE", client.transferCancel({ transfer_id: transfer.id }));
  const events = (await client.transferEventSync({ after_id: 0 })).data.transfer_events;
  assert.deepEqual(
    events.map((event) => event.event_type),
    ["pending", "posted", "settled"],
  );

  // The bank returns it. The events go on where the application has read to.
  await client.sandboxTransferSimulate({
    transfer_id: transfer.id,
    event_type: "returned",
    failure_reason: { ach_return_code: "R01" },
  });
  const [returned] = (await client.transferEventSync({ after_id: events[2].event_id })).data.transfer_events;
  assert.deepEqual([returned.event_type, returned.failure_reason.ach_return_code], ["returned", "R01"]);
  await refused(
    "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID",
    client.sandboxTransferSimulate({ transfer_id: transfer.id, event_type: "posted" }),
  );

  // The account has 100 dollars.
  const declined = await authorize(client, account, "100.01");
  assert.deepEqual([declined.decision, declined.decision_rationale.code], ["declined", "NSF"]);
  await refused("INVALID_FIELD", client.transferCreate({ ...order, authorization_id: declined.id }));
}
