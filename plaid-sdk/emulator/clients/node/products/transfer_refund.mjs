// Refunds: a part of a settled debit goes back to the customer, out of the ledger.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";
import { debit } from "../transfers.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const account = await linkAccount(client, ["transfer"]);
  const transfer = await debit(client, account, "25.00");
  for (const event of ["posted", "settled", "funds_available"]) {
    await client.sandboxTransferSimulate({ transfer_id: transfer.id, event_type: event });
  }
  // A ledger of the Sandbox starts with 100 dollars.
  assert.equal((await client.transferLedgerGet({})).data.balance.available, "125.00");

  const { refund } = (
    await client.transferRefundCreate({ transfer_id: transfer.id, amount: "10.00", idempotency_key: "refund-1" })
  ).data;
  assert.equal(refund.status, "pending");
  assert.equal((await client.transferLedgerGet({})).data.balance.available, "115.00");
  const again = (
    await client.transferRefundCreate({ transfer_id: transfer.id, amount: "10.00", idempotency_key: "refund-1" })
  ).data.refund;
  assert.equal(again.id, refund.id);
  await refused(
    "INVALID_FIELD",
    client.transferRefundCreate({ transfer_id: transfer.id, amount: "15.01", idempotency_key: "refund-2" }),
  );
  for (const event of ["refund.posted", "refund.settled"]) {
    await client.sandboxTransferRefundSimulate({ refund_id: refund.id, event_type: event });
  }
  assert.equal((await client.transferRefundGet({ refund_id: refund.id })).data.refund.status, "settled");
  const [shown] = (await client.transferGet({ transfer_id: transfer.id })).data.transfer.refunds;
  assert.deepEqual([shown.id, shown.amount], [refund.id, "10.00"]);
}
