// Bank Transfer, the older product: the balance, the sweeps and the events that transfers leave.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";
import { BANK_DEBIT } from "../transfers.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const account = await linkAccount(client, ["auth"]);
  const order = { ...BANK_DEBIT, ...account };
  const { id } = (await client.bankTransferCreate(order)).data.bank_transfer;
  await client.sandboxBankTransferSimulate({ bank_transfer_id: id, event_type: "posted" });
  assert.equal((await client.bankTransferBalanceGet({})).data.balance.available, "112.34");
  const { bank_transfers } = (await client.bankTransferList({ direction: "outbound" })).data;
  assert.deepEqual(
    bank_transfers.map((one) => one.id),
    [id],
  );
  const events = (await client.bankTransferEventList({ bank_transfer_id: id })).data.bank_transfer_events;
  assert.deepEqual(
    events.map((event) => event.event_type),
    ["posted", "pending"],
  );
  const [sweep] = (await client.bankTransferSweepList({})).data.sweeps;
  assert.equal((await client.bankTransferSweepGet({ sweep_id: sweep.id })).data.sweep.amount, sweep.amount);

  const { data: migrated } = await client.bankTransferMigrateAccount({
    account_number: "100000000",
    routing_number: "121122676",
    account_type: "checking",
  });
  assert.notEqual(migrated.account_id, account.account_id);
  const cancelled = { ...order, ...migrated, request_id: undefined, idempotency_key: "rent-2" };
  const second = (await client.bankTransferCreate(cancelled)).data.bank_transfer;
  await client.bankTransferCancel({ bank_transfer_id: second.id });
  const unknown = { sweep_id: "d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d" };
  await refused("INVALID_FIELD", client.bankTransferSweepGet(unknown));
}
