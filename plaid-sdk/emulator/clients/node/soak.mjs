// Uses an emulator as applications do over a long time, and prints what it keeps. Usage: soak.mjs URL LIST SECONDS HOURS
//
// LIST is that of run.mjs. Its scenarios run in turn, each in a tenant that is forgotten after it. Beside them one tenant stays:
// its clock moves on by HOURS, and Items and Link sessions come and go. After each of its steps a line of JSON has its sizes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { Emulator } from "plaid-emulator";

import { Receiver } from "./support.mjs";

// How many Items the tenant that stays has all the time.
const ITEMS = 10;
// How much time a step of it takes on its clock, in minutes.
const STEP = 6;
// How many steps it takes before the measurement: in 18 hours, all that has a limit reaches it.
const BEFORE = 180;

const [url, list, ...numbers] = process.argv.slice(2);
const [seconds, hours] = numbers.map(Number);
const emulator = Emulator.at(url);
const steps = Math.ceil((hours * 60) / STEP);
const count = { scenarios: 0, items: 0, pages: 0 };
const { scenarios: all } = JSON.parse(readFileSync(list, "utf8"));

/** Runs the next scenario. */
async function scenario() {
  const { name } = all[count.scenarios % all.length];
  const tenant = await emulator.tenant(name);
  const { default: run } = await import(`./products/${name}.mjs`);
  const receiver = await Receiver.start();
  try {
    await run(tenant, receiver);
  } catch (error) {
    throw new Error(`the scenario ${name} fails: ${error.message}`, { cause: error });
  } finally {
    receiver.stop();
  }
  await tenant.control("POST", "reset");
  count.scenarios += 1;
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

/** A step of the tenant that stays, and a scenario beside it: as many as possible would use two cores for nothing. */
async function step(tenant, items, webhook) {
  await Promise.all([use(tenant, items, webhook), scenario()]);
}

/** How the tenant that stays is used in a step. */
async function use(tenant, items, webhook) {
  // A session that nobody finishes, and one that its user leaves.
  const user = { client_user_id: "user-2" };
  const request = { client_name: "Acme", language: "en", country_codes: ["US"], products: ["auth"], user };
  await tenant.call("/link/token/create", request);
  await tenant.exitLink((await tenant.call("/link/token/create", request)).link_token);
  await visit(tenant, webhook);
  for (const item of items) item.cursor = await sync(tenant, item.access_token, item.cursor);
  await tenant.advance(STEP * 60);
}

const tenant = await emulator.tenant("resident");
await tenant.freeze();
const receiver = await Receiver.start();
const items = [];
for (let number = 0; number < ITEMS; number += 1) {
  items.push({ access_token: await link(tenant, receiver.url), cursor: undefined });
}
for (let number = 0; number < BEFORE; number += 1) await use(tenant, items, receiver.url);
const start = performance.now();
for (let number = 1; number <= steps; number += 1) {
  await step(tenant, items, receiver.url);
  receiver.forget();
  const { stores } = await tenant.control("GET", "sizes");
  const sizes = Object.fromEntries(Object.entries(stores).map(([name, { bytes }]) => [name, bytes]));
  console.log(JSON.stringify({ passed: number / steps, ...count, sizes }));
  const wait = start + (number / steps) * seconds * 1_000 - performance.now();
  await new Promise((resolve) => setTimeout(resolve, wait));
}
receiver.stop();
assert.ok(count.scenarios > 0 && count.items > 0, "nothing was done");
