// The Sandbox's own tools: webhooks on demand, transactions that a test makes, and what they refuse.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { link, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["transactions"], {
    username: "user_transactions_dynamic",
    webhook: receiver.url,
  });
  assert.ok(
    (
      await client.sandboxItemFireWebhook({
        access_token,
        webhook_type: "ITEM",
        webhook_code: "NEW_ACCOUNTS_AVAILABLE",
      })
    ).data.webhook_fired,
  );
  await receiver.wait("NEW_ACCOUNTS_AVAILABLE");
  const before = (await client.transactionsSync({ access_token, cursor: "now" })).data.next_cursor;
  await client.sandboxTransactionsCreate({
    access_token,
    transactions: [
      {
        date_transacted: "2026-11-28",
        date_posted: "2026-11-30",
        amount: 12.34,
        description: "A book",
        iso_currency_code: "USD",
      },
    ],
  });
  await receiver.wait("SYNC_UPDATES_AVAILABLE");
  const { data: page } = await client.transactionsSync({ access_token, cursor: before, count: 500 });
  const [book] = page.added.filter((row) => row.name === "A book");
  assert.deepEqual([book.amount, book.date, book.pending], [12.34, "2026-11-30", false]);

  const quiet = await link(client, ["auth"]);
  await refused(
    "SANDBOX_WEBHOOK_INVALID",
    client.sandboxItemFireWebhook({ access_token: quiet, webhook_code: "NEW_ACCOUNTS_AVAILABLE" }),
  );
  await refused(
    "SANDBOX_PRODUCT_NOT_ENABLED",
    client.sandboxItemFireWebhook({ access_token, webhook_type: "LIABILITIES", webhook_code: "DEFAULT_UPDATE" }),
  );
  // A login that fails is the answer itself.
  await refused("ITEM_LOCKED", link(client, ["auth"], { password: "error_ITEM_LOCKED" }));
}
