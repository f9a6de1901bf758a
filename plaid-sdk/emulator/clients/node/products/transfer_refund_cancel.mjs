// Refunds: one that is cancelled in time leaves nothing, and a debit that Plaid guarantees comes back.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";
import { debit } from "../transfers.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const account = await linkAccount(client, ["transfer"]);
  const transfer = await debit(client, account, "25.00", { request_guarantee: true });
  assert.equal(transfer.guarantee_decision, "GUARANTEED");
  const move = async (events) => {
    for (const event_type of events) {
      await client.sandboxTransferSimulate({ transfer_id: transfer.id, event_type });
    }
  };
  await move(["posted", "settled"]);

  const { refund } = (
    await client.transferRefundCreate({ transfer_id: transfer.id, amount: "5.00", idempotency_key: "refund-1" })
  ).data;
  await client.transferRefundCancel({ refund_id: refund.id });
  assert.equal((await client.transferRefundGet({ refund_id: refund.id })).data.refund.status, "cancelled");

  await move(["returned"]);
  assert.equal((await client.transferGet({ transfer_id: transfer.id })).data.transfer.status, "returned");
  // Nothing is repaid before Plaid asks for it.
  assert.deepEqual((await client.transferRepaymentList({})).data.repayments, []);
  await refused("TRANSFER_NOT_CANCELLABLE", client.transferRefundCancel({ refund_id: refund.id }));
  await client.sandboxTransferFireWebhook({ webhook: receiver.url });
  assert.equal((await receiver.wait("TRANSFER_EVENTS_UPDATE")).webhook_type, "TRANSFER");
}
