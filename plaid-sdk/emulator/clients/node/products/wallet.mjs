// Virtual accounts: money comes into a wallet, and is paid out of it.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  await plaid.control("POST", "wallets/options", { webhook: receiver.url });
  const { data: wallet } = await client.walletCreate({ iso_currency_code: "GBP" });
  assert.deepEqual([wallet.status, wallet.balance.current], ["ACTIVE", 0]);
  await plaid.control("POST", `wallets/${wallet.wallet_id}/fund`, { amount: "100.00" });
  assert.equal((await client.walletGet({ wallet_id: wallet.wallet_id })).data.balance.available, 100);

  const { data: payout } = await client.walletTransactionExecute({
    wallet_id: wallet.wallet_id,
    idempotency_key: "payout-1",
    reference: "Payout1",
    amount: { iso_currency_code: "GBP", value: 30.5 },
    counterparty: { name: "Ann Perkins", numbers: { bacs: { account: "26207729", sort_code: "560029" } } },
  });
  await receiver.wait("WALLET_TRANSACTION_STATUS_UPDATE", {
    transaction_id: payout.transaction_id,
    new_status: "EXECUTED",
  });
  const { data: done } = await client.walletTransactionGet({ transaction_id: payout.transaction_id });
  assert.deepEqual([done.type, done.status, done.amount.value], ["PAYOUT", "EXECUTED", 30.5]);
  assert.equal((await client.walletGet({ wallet_id: wallet.wallet_id })).data.balance.current, 69.5);

  // The same key makes one payout, and can't be used for another.
  const { data: again } = await client.walletTransactionExecute({
    wallet_id: wallet.wallet_id,
    idempotency_key: "payout-1",
    reference: "Payout1",
    amount: { iso_currency_code: "GBP", value: 30.5 },
    counterparty: { name: "Ann Perkins", numbers: { bacs: { account: "26207729", sort_code: "560029" } } },
  });
  assert.equal(again.transaction_id, payout.transaction_id);
  await refused(
    "NONIDENTICAL_REQUEST",
    client.walletTransactionExecute({
      wallet_id: wallet.wallet_id,
      idempotency_key: "payout-1",
      reference: "Payout1",
      amount: { iso_currency_code: "GBP", value: 31.0 },
      counterparty: { name: "Ann Perkins", numbers: { bacs: { account: "26207729", sort_code: "560029" } } },
    }),
  );
  const rows = (await client.walletTransactionList({ wallet_id: wallet.wallet_id, count: 10 })).data.transactions;
  assert.deepEqual(
    rows.map((row) => row.type),
    ["PAYOUT", "BANK_TRANSFER"],
  );
  assert.deepEqual(
    (await client.walletList({ iso_currency_code: "GBP" })).data.wallets.map((one) => one.wallet_id),
    [wallet.wallet_id],
  );
}
