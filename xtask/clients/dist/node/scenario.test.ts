// Goes through Plaid's flow with the official client and the fixtures of the npm package.

import { writeFileSync } from "node:fs";

import { Configuration, CountryCode, PlaidApi, Products } from "plaid";
import { Emulator, EmulatorError, type Tenant } from "plaid-emulator";
import { test } from "plaid-emulator/vitest";
import { describe, expect } from "vitest";

const DAY = 86_400;

function client(plaid: Tenant) {
  return new PlaidApi(new Configuration(plaid.configuration()));
}

async function link(plaid: Tenant) {
  const api = client(plaid);
  const created = await api.linkTokenCreate({
    client_name: "Acme",
    language: "en",
    country_codes: [CountryCode.Us],
    products: [Products.Transactions],
    user: { client_user_id: "user-1" },
    webhook: "http://127.0.0.1:9/webhook",
  });
  const { public_token } = await plaid.completeLink(created.data.link_token, { username: "user_good", password: "pass_good" });
  const exchanged = await api.itemPublicTokenExchange({ public_token });
  return { api, access_token: exchanged.data.access_token };
}

async function sync(api: PlaidApi, access_token: string, cursor = "") {
  const added = [];
  for (let more = true; more; ) {
    const { data } = await api.transactionsSync({ access_token, cursor, count: 20 });
    added.push(...data.added);
    cursor = data.next_cursor;
    more = data.has_more;
  }
  return { added, cursor };
}

test("an Item goes from Link to transactions, and the clock brings more", async ({ plaid }) => {
  const now = (await plaid.freeze()).now;
  const { api, access_token } = await link(plaid);
  const accounts = await api.accountsGet({ access_token });
  expect(accounts.data.accounts).toHaveLength(14);
  const first = await sync(api, access_token);
  expect(first.added.length).toBeGreaterThan(16);

  const later = await plaid.advance(30 * DAY);
  expect(Date.parse(later.now) - Date.parse(now)).toBe(30 * DAY * 1_000);
  const second = await sync(api, access_token, first.cursor);
  expect(second.added).toHaveLength(16);

  const seen = await plaid.webhooks();
  const update = await plaid.waitForWebhook("SYNC_UPDATES_AVAILABLE", { type: "TRANSACTIONS" });
  expect(seen.map((webhook) => webhook.code)).toContain("SYNC_UPDATES_AVAILABLE");
  expect(update.payload.webhook_code).toBe("SYNC_UPDATES_AVAILABLE");
  await plaid.fireWebhook(access_token, "NEW_ACCOUNTS_AVAILABLE", "ITEM");
  expect((await plaid.waitForWebhook("NEW_ACCOUNTS_AVAILABLE", { after: seen.at(-1)?.id })).payload.item_id).toBeTruthy();
});

test("faults and broken Items are seen by the client", async ({ plaid }) => {
  await plaid.fault({ error_type: "RATE_LIMIT_EXCEEDED", error_code: "INSTITUTIONS_GET_LIMIT", operation: "/institutions/get", count: 1 });
  const institutions = { count: 1, offset: 0, country_codes: [CountryCode.Us] };
  const api = client(plaid);
  await expect(api.institutionsGet(institutions)).rejects.toMatchObject({ response: { status: 429 } });
  expect((await api.institutionsGet(institutions)).data.institutions).toHaveLength(1);

  const { access_token } = await link(plaid);
  await plaid.breakItem(access_token);
  await expect(api.accountsGet({ access_token })).rejects.toMatchObject({
    response: { data: { error_code: "ITEM_LOGIN_REQUIRED" } },
  });
  await plaid.repairItem(access_token);
  await plaid.snapshot("repaired");
  await plaid.revokeItem(access_token);
  await expect(plaid.call("/accounts/get", { access_token })).rejects.toThrow(EmulatorError);
  await plaid.restore("repaired");
  expect((await plaid.call("/accounts/get", { access_token })).accounts).toHaveLength(14);
  await plaid.fault({ http: 503 });
  await expect(api.accountsGet({ access_token })).rejects.toMatchObject({ response: { status: 503 } });
  await plaid.clearFaults();
  expect((await plaid.requests()).length).toBeGreaterThan(5);
  await expect(plaid.control("POST", "clock/advance", { second: 1 })).rejects.toThrow(/does not take the field/);
});

describe("tests that run at the same time", () => {
  let publish: (token: string) => void;
  const token = new Promise<string>((resolve) => (publish = resolve));
  let release: () => void;
  const read = new Promise<void>((resolve) => (release = resolve));

  test.concurrent("one has an Item", async ({ plaid, expect }) => {
    const { api, access_token } = await link(plaid);
    publish(access_token);
    await read;
    expect((await api.accountsGet({ access_token })).data.accounts).toHaveLength(14);
    expect((await plaid.clock()).frozen).toBe(false);
  });

  test.concurrent("the other does not see it", async ({ plaid, expect }) => {
    const access_token = await token;
    await plaid.freeze();
    await plaid.fault({ drop: true, operation: "/item/get" });
    await expect(client(plaid).accountsGet({ access_token })).rejects.toMatchObject({
      response: { data: { error_code: "INVALID_ACCESS_TOKEN" } },
    });
    release();
  });
});

test("an emulator of one's own has its options, and ends with its scope", async ({ plaidEmulator, expect }) => {
  writeFileSync("address.txt", plaidEmulator.url);
  let url;
  {
    await using emulator = await Emulator.start({ frozen: "2026-01-31T12:00:00Z", seed: 7, args: ["--self-check"] });
    url = emulator.url;
    expect(emulator.pid).toBeGreaterThan(0);
    const tenant = await emulator.tenant("mine");
    expect(await tenant.clock()).toMatchObject({ frozen: true, now: "2026-01-31T12:00:00Z" });
    const { access_token } = await link(tenant);
    // The same name and the same calls give the same ids.
    expect((await link(await emulator.tenant("mine"))).access_token).toBe(access_token);
    expect((await emulator.tenant()).clientId).not.toBe(tenant.clientId);
    expect(tenant.environment().PLAID_BASE_URL).toBe(url);
  }
  await expect(fetch(`${url}/_plaid/health`)).rejects.toThrow();
  await expect(Emulator.start({ args: ["--no-such-option"] })).rejects.toThrow(/ended with code 2/);
  await expect(Emulator.start({ program: "/no/such/program" })).rejects.toThrow(/can't be run/);
});
