// Repayments: Plaid asks for the guaranteed debits that were returned, in one sum.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";
import { debit } from "../transfers.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const account = await linkAccount(client, ["transfer"]);
  const guaranteed = { request_guarantee: true };
  const first = await debit(client, account, "20.00", guaranteed);
  const second = await debit(client, account, "7.50", guaranteed);
  const other = await debit(client, account, "3.00");
  await refused("INVALID_FIELD", client.sandboxTransferRepaymentSimulate({}));
  for (const { id } of [first, second, other]) {
    for (const event_type of ["posted", "returned"]) {
      await client.sandboxTransferSimulate({ transfer_id: id, event_type });
    }
  }
  await client.sandboxTransferRepaymentSimulate({});

  const { repayments } = (await client.transferRepaymentList({})).data;
  assert.deepEqual(
    repayments.map((one) => one.amount),
    ["27.50"],
  );
  const { repayment_id } = repayments[0];
  const { repayment_returns } = (await client.transferRepaymentReturnList({ repayment_id })).data;
  assert.deepEqual(
    repayment_returns.map((one) => [one.transfer_id, one.amount]),
    [
      [second.id, "7.50"],
      [first.id, "20.00"],
    ],
  );
  const { transfer_events } = (await client.transferEventList({ transfer_id: second.id })).data;
  assert.deepEqual(
    [transfer_events[0].event_type, transfer_events[0].event_id],
    ["returned", repayment_returns[0].event_id],
  );
  // All is repaid.
  await refused("INVALID_FIELD", client.sandboxTransferRepaymentSimulate({}));
}
