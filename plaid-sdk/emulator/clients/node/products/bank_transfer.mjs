// Bank Transfer, the older product: a debit is posted, and comes back as a reversal.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";
import { BANK_DEBIT } from "../transfers.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const account = await linkAccount(client, ["auth"]);
  const transfer = (await client.bankTransferCreate({ ...BANK_DEBIT, ...account })).data.bank_transfer;
  assert.deepEqual([transfer.status, transfer.amount, transfer.cancellable], ["pending", "12.34", true]);

  await client.sandboxBankTransferSimulate({ bank_transfer_id: transfer.id, event_type: "posted" });
  await refused("BANK_TRANSFER_NOT_CANCELLABLE", client.bankTransferCancel({ bank_transfer_id: transfer.id }));
  await client.sandboxBankTransferSimulate({
    bank_transfer_id: transfer.id,
    event_type: "reversed",
    failure_reason: { ach_return_code: "R01" },
  });
  assert.equal((await client.bankTransferGet({ bank_transfer_id: transfer.id })).data.bank_transfer.status, "reversed");
  const events = (await client.bankTransferEventSync({ after_id: 0 })).data.bank_transfer_events;
  assert.deepEqual(
    events.map((event) => event.event_type),
    ["pending", "posted", "reversed"],
  );
  assert.equal(events[2].failure_reason.ach_return_code, "R01");

  await client.sandboxBankTransferFireWebhook({ webhook: receiver.url });
  assert.equal((await receiver.wait("BANK_TRANSFERS_EVENTS_UPDATE")).webhook_type, "BANK_TRANSFERS");
  await refused("INVALID_FIELD", client.bankTransferGet({ bank_transfer_id: "d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d" }));
}
