// Transactions: an application keeps a copy of them, which follows what the bank says.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link, refused } from "../support.mjs";

/** All that has changed since a cursor: rows, removed rows, and the next cursor. */
async function sync(client, access_token, start) {
  const rows = [];
  let gone = [];
  let cursor = start;
  let more = true;
  while (more) {
    const { data: page } = await client.transactionsSync({ access_token, cursor, count: 20 });
    rows.push(...page.added);
    rows.push(...page.modified);
    gone.push(...page.removed);
    [cursor, more] = [page.next_cursor, page.has_more];
  }
  return [rows, gone, cursor];
}

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["transactions"], {
    username: "user_transactions_dynamic",
    webhook: receiver.url,
  });
  await receiver.wait("HISTORICAL_UPDATE");
  const [first, none, start] = await sync(client, access_token, "");
  assert.equal(new Set(first.map((row) => row.transaction_id)).size, first.length);
  assert.deepEqual(none, []);
  const pending = first.filter((row) => row.pending).map((row) => row.transaction_id);
  assert.ok(pending.length > 0);

  // A refresh posts what was pending: the old ids go, and the new rows name them.
  await client.transactionsRefresh({ access_token });
  await receiver.wait("SYNC_UPDATES_AVAILABLE");
  const [changed, removed, end] = await sync(client, access_token, start);
  assert.deepEqual([...removed.map((row) => row.transaction_id)].sort(), [...pending].sort());
  const posted = changed.filter((row) => row.pending_transaction_id !== null).map((row) => row.pending_transaction_id);
  assert.deepEqual([...posted].sort(), [...pending].sort());

  // The older way of reading shows the same rows.
  const { data: page } = await client.transactionsGet({
    access_token,
    start_date: "2026-10-01",
    end_date: "2026-11-30",
    options: { count: 10 },
  });
  assert.equal(page.total_transactions, first.length + 1);
  const dates = page.transactions.map((row) => row.date);
  assert.ok(dates[0] >= dates.at(-1));
  assert.ok(!page.transactions.some((row) => pending.includes(row.transaction_id)));

  // A row that changes while pages are read makes the application start over.
  await plaid.control("POST", `items/${access_token}/mutate_during_pagination`, { count: 1 });
  await refused("TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION", sync(client, access_token, ""));
  let [again, gone, later] = await sync(client, access_token, start);
  assert.ok(again.length >= changed.length);
}
