// The whole comparison, with a third party between it and the other emulator, who changes responses.
// EMULATOR is the path of the emulator's program, and DOCUMENT that of the API's OpenAPI document.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { Emulator } from "plaid-emulator";

import { Catalogue } from "./catalogue.mjs";
import { compare } from "./comparison.mjs";
import { Recorder } from "./recorder.mjs";

const catalogue = new Catalogue(JSON.parse(readFileSync(process.env.DOCUMENT, "utf8")));
const [THEN, LATER] = ["2026-11-30T12:00:00Z", "2027-03-10T15:30:00Z"];
const SETTING = { webhook: "https://example.com/webhook", patience: 1_000 };

/** An id that has the form of an account's. */
const UNKNOWN = "vzeNDwK7KQIm4yEog683uElbp9GRLEFXGK98D";

let emulators;
before(async () => {
  const start = (seed, frozen) => Emulator.start({ program: process.env.EMULATOR, seed, frozen });
  emulators = await Promise.all([start(0, THEN), start(1, THEN), start(2, LATER)]);
});
after(() => Promise.all((emulators ?? []).map((emulator) => emulator.stop())));

/** An Item, its accounts, its transactions, and a call that is refused. */
async function scenario(plaid) {
  const { public_token } = await plaid.call("/sandbox/public_token/create", {
    institution_id: "ins_109508",
    initial_products: ["auth", "transactions"],
    options: { transactions: { start_date: "2026-11-01", end_date: "2026-11-30" } },
  });
  const { access_token } = await plaid.call("/item/public_token/exchange", { public_token });
  const { accounts } = await plaid.call("/accounts/get", { access_token });
  await plaid.call("/auth/get", { access_token, options: { account_ids: [accounts[0].account_id] } });
  await plaid.call("/transactions/get", { access_token, start_date: "2026-11-01", end_date: "2026-11-30" });
  await assert.rejects(plaid.call("/auth/get", { access_token, options: { account_ids: [UNKNOWN] } }));
}

/** Compares, while `change` may replace the entry of a call at the other emulator. */
async function compared(change) {
  const [one, two, other] = emulators;
  const between = await Recorder.start(other.url, change);
  try {
    const open = async (name) => {
      const { clientId, secret } = await other.tenant(name);
      return { url: between.url, clientId, secret, now: Date.parse(LATER) };
    };
    const summary = await compare([{ name: "proof", scenario }], [one.url, two.url], open, SETTING, catalogue);
    return { summary, sent: between.entries };
  } finally {
    between.stop();
  }
}

/** Changes a response of an operation: `edit` gets a copy of its body. */
function edited(path, edit, status) {
  return (entry) => {
    if (entry.path !== path || entry.status !== 200) return entry;
    const response = structuredClone(entry.response);
    edit(response);
    return { ...entry, status: status ?? entry.status, response };
  };
}

/** The differences as `operation pointer kind: emulator / other`. */
function shown(summary) {
  return summary.differences.map(
    (one) => `${one.operation} ${one.pointer} ${one.kind}: ${one.emulator} / ${one.other}`,
  );
}

test("an emulator with other ids and another time does not differ", async () => {
  const { summary, sent } = await compared();
  assert.deepEqual(shown(summary), []);
  assert.deepEqual(summary.counts, {
    compared: 5,
    equal: 5,
    different: 0,
    notReplayed: 0,
    calls: 6,
    callsNotReplayed: 0,
  });
  const dates = sent.find(({ path }) => path === "/transactions/get").request;
  assert.deepEqual([dates.start_date, dates.end_date], ["2027-02-09", "2027-03-10"]);
});

test("a client that has run all of it before finds no difference", async () => {
  const [one, two, other] = emulators;
  const names = ["signal", "transfer", "transfer_recurring_end", "transfer_refund", "user"];
  const scenarios = [];
  for (const name of names) scenarios.push({ name, scenario: (await import(`../products/${name}.mjs`)).default });
  const { url, clientId, secret } = await other.tenant("shared");
  const open = async () => ({ url, clientId, secret, now: Date.parse(LATER) });
  for (const run of ["first", "second"]) {
    const summary = await compare(scenarios, [one.url, two.url], open, SETTING, catalogue);
    assert.deepEqual(shown(summary), [], `the ${run} run`);
    assert.equal(summary.counts.callsNotReplayed, 0);
  }
});

for (const [name, path, edit, ...expected] of [
  [
    "a removed property",
    "/accounts/get",
    ({ item }) => delete item.webhook,
    "/accounts/get /item/webhook missing property: null / missing",
  ],
  [
    "a property of every account",
    "/accounts/get",
    ({ accounts }) => accounts.forEach((account) => (account.more = 1)),
    "/accounts/get /accounts/*/more additional property: missing / number",
  ],
  [
    "another type",
    "/accounts/get",
    ({ item }) => (item.item_id = 7),
    "/accounts/get /item/item_id type: string / number",
  ],
  [
    "a value that the document does not know",
    "/accounts/get",
    ({ accounts }) => (accounts[0].type = "piggy_bank"),
    '/accounts/get /accounts/*/type unknown value: "credit", "depository", "investment", "loan" / "credit", "depository", "investment", "loan", "piggy_bank"',
  ],
  [
    "another value of an enum",
    "/accounts/get",
    ({ item }) => (item.update_type = "user_present_required"),
    '/accounts/get /item/update_type value: "background" / "user_present_required"',
  ],
  [
    "null",
    "/transactions/get",
    ({ item }) => (item.item_id = null),
    "/transactions/get /item/item_id null: string / null",
  ],
  [
    "an empty list",
    "/transactions/get",
    (body) => (body.transactions = []),
    "/transactions/get /transactions empty list: list / empty list",
  ],
  [
    "changes of two operations",
    "/transactions/get",
    (body) => {
      delete body.request_id;
      body.total_transactions = "many";
    },
    "/transactions/get /request_id missing property: string / missing",
    "/transactions/get /total_transactions type: number / string",
  ],
]) {
  test(`${name} is seen, and nothing else`, async () => {
    const { summary } = await compared(edited(path, edit));
    assert.deepEqual(shown(summary), expected);
    assert.equal(summary.counts.different, 1);
  });
}

test("other outcomes are seen", async () => {
  const { summary } = await compared((entry) => {
    if (entry.path !== "/auth/get") return entry;
    const code = entry.status === 200 ? "INVALID_FIELD" : "UNKNOWN_FIELDS";
    const response = { ...entry.response, error_type: "INVALID_REQUEST", error_code: code };
    return { ...entry, status: 400, response };
  });
  assert.deepEqual(shown(summary), [
    "/auth/get  status: 200 / 400 INVALID_FIELD",
    '/auth/get /error_code value: "INVALID_ACCOUNT_ID" / "UNKNOWN_FIELDS"',
    '/auth/get /error_type value: "INVALID_INPUT" / "INVALID_REQUEST"',
  ]);
});

test("what is not ready at once is no difference", async () => {
  let asked = 0;
  const { summary, sent } = await compared((entry) => {
    if (entry.path !== "/transactions/get") return entry;
    asked += 1;
    if (asked > 1) return entry;
    return { ...entry, status: 400, response: { error_type: "ITEM_ERROR", error_code: "PRODUCT_NOT_READY" } };
  });
  assert.deepEqual(shown(summary), []);
  assert.equal(sent.filter(({ path }) => path === "/transactions/get").length, 2);
});

test("without an id, the calls that need it are not replayed", async () => {
  const { summary } = await compared(edited("/item/public_token/exchange", (body) => delete body.access_token));
  assert.deepEqual(shown(summary), ["/item/public_token/exchange /access_token missing property: string / missing"]);
  assert.deepEqual([summary.counts.calls, summary.counts.callsNotReplayed, summary.counts.notReplayed], [2, 4, 3]);
  const reason = "it needs a value of /item/public_token/exchange, whose response had no `/access_token`";
  assert.ok(
    summary.text().includes(`proof: ${reason}: /accounts/get, /auth/get (2), /transactions/get`),
    summary.text(),
  );
});

test("an operation that the keys may not use is not compared", async () => {
  const refused = edited("/auth/get", (body) => (body.error_code = "INVALID_PRODUCT"), 400);
  const { summary } = await compared(refused);
  assert.deepEqual(shown(summary), []);
  assert.ok(summary.text().includes("the keys have no access to it (INVALID_PRODUCT): /auth/get"), summary.text());
});

test("keys that are refused end the comparison, and are not shown", async () => {
  const refused = edited("/sandbox/public_token/create", (body) => (body.error_code = "INVALID_API_KEYS"), 400);
  await assert.rejects(compared(refused), (error) => {
    assert.match(error.message, /refuses the keys: PLAID_CLIENT_ID and PLAID_SECRET have to be those/);
    return !error.message.includes("emulator-secret");
  });
});

test("a response that never comes is a difference, and an address where nobody is ends the comparison", async () => {
  const [one, two, other] = emulators;
  const { summary } = await compared((entry) => (entry.path === "/auth/get" ? { ...entry, isLost: true } : entry));
  assert.deepEqual(shown(summary), [
    "/auth/get  status: 200 / no response",
    "/auth/get  status: 400 INVALID_ACCOUNT_ID / no response",
  ]);
  const open = async () => ({ ...(await other.tenant("nobody")), url: "http://127.0.0.1:1", now: Date.parse(LATER) });
  const nowhere = compare([{ name: "proof", scenario }], [one.url, two.url], open, SETTING, catalogue);
  await assert.rejects(nowhere, /^Error: http:\/\/127.0.0.1:1 can't be reached: /);
});
