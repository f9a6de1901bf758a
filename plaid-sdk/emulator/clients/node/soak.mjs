// Uses an emulator as applications do over a long time, and prints what it keeps. Usage: soak.mjs URL LIST SECONDS HOURS
//
// LIST is that of run.mjs. Its scenarios run again and again, each in a tenant that is forgotten after it. Beside them one tenant
// stays: its clock moves on by HOURS, and Items and Link sessions come and go. Once a second a line of JSON has its sizes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { Emulator } from "plaid-emulator";

import { Receiver } from "./support.mjs";

// How many Items the tenant that stays has all the time.
const ITEMS = 10;

const [url, list, ...numbers] = process.argv.slice(2);
const [seconds, hours] = numbers.map(Number);
const emulator = Emulator.at(url);
const start = performance.now();
const passed = () => (performance.now() - start) / 1_000 / seconds;
const count = { scenarios: 0, items: 0, pages: 0 };

/** Runs scenarios until the time is over. */
async function scenarios() {
  const all = JSON.parse(readFileSync(list, "utf8"));
  for (let number = 0; passed() < 1; number += 1) {
    const { name } = all[number % all.length];
    const tenant = await emulator.tenant(name);
    const { default: scenario } = await import(`./products/${name}.mjs`);
    const receiver = await Receiver.start();
    try {
      await scenario(tenant, receiver);
    } catch (error) {
      throw new Error(`the scenario ${name} fails: ${error.message}`, { cause: error });
    } finally {
      receiver.stop();
    }
    await tenant.control("POST", "reset");
    count.scenarios += 1;
  }
}

/** Makes an Item as a user does, and returns its access token. */
async function link(tenant, webhook) {
  const { link_token } = await tenant.call("/link/token/create", {
    client_name: "Acme",
    language: "en",
    country_codes: ["US"],
    products: ["transactions", "auth", "identity", "investments", "liabilities"],
    user: { client_user_id: "user-1" },
    webhook,
  });
  const { public_token } = await tenant.completeLink(link_token, { username: "user_good", password: "pass_good" });
  return (await tenant.call("/item/public_token/exchange", { public_token })).access_token;
}

/** Reads an Item's changes since a cursor, and returns the next cursor. */
async function sync(tenant, access_token, cursor) {
  for (;;) {
    const page = await tenant.call("/transactions/sync", { access_token, cursor, count: 25 });
    count.pages += 1;
    cursor = page.next_cursor;
    if (!page.has_more) return cursor;
  }
}

/** An Item that comes, is used, and goes. */
async function visit(tenant, webhook) {
  const access_token = await link(tenant, webhook);
  await sync(tenant, access_token);
  for (const path of ["accounts/get", "accounts/balance/get", "auth/get", "identity/get", "investments/holdings/get"]) {
    await tenant.call(`/${path}`, { access_token });
  }
  const [account] = (await tenant.call("/liabilities/get", { access_token })).accounts;
  const { processor_token } = await tenant.call("/processor/token/create", {
    access_token,
    account_id: account.account_id,
    processor: "dwolla",
  });
  await tenant.call("/processor/balance/get", { processor_token });
  await tenant.breakItem(access_token);
  await tenant.repairItem(access_token);
  const today = (await tenant.clock()).now.slice(0, 10);
  await tenant.appendTransactions(access_token, account.mask, [{ amount: 4.33, date: today, description: "Starbucks" }]);
  await tenant.call("/transactions/refresh", { access_token });
  await tenant.call("/item/remove", { access_token });
  count.items += 1;
}

/** The tenant that stays, until the time is over. */
async function resident() {
  const tenant = await emulator.tenant("resident");
  await tenant.freeze();
  const begin = new Date((await tenant.clock()).now).getTime();
  const receiver = await Receiver.start();
  const items = [];
  for (let number = 0; number < ITEMS; number += 1) {
    items.push({ access_token: await link(tenant, receiver.url), cursor: undefined });
  }
  let told = -1;
  while (passed() < 1) {
    // A session that nobody finishes, and one that its user leaves.
    const request = { client_name: "Acme", language: "en", country_codes: ["US"], products: ["auth"], user: { client_user_id: "2" } };
    await tenant.call("/link/token/create", request);
    await tenant.exitLink((await tenant.call("/link/token/create", request)).link_token);
    await visit(tenant, receiver.url);
    for (const item of items) item.cursor = await sync(tenant, item.access_token, item.cursor);
    const to = new Date(begin + Math.min(passed(), 1) * hours * 3_600_000);
    await tenant.advance(to);
    receiver.forget();
    const second = Math.floor(passed() * seconds);
    if (second > told) {
      told = second;
      const { stores } = await tenant.control("GET", "sizes");
      const sizes = Object.fromEntries(Object.entries(stores).map(([name, { bytes }]) => [name, bytes]));
      console.log(JSON.stringify({ passed: passed(), ...count, sizes }));
    }
  }
  receiver.stop();
}

await Promise.all([scenarios(), resident()]);
assert.ok(count.scenarios > 0 && count.items > 0, "nothing was done");
