// Runs the SDK's examples against an emulator. Usage: examples_run.js URL CLIENT_ID FOLDER, where FOLDER has the programs.
"use strict";

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const [url, clientId, folder] = process.argv.slice(2);
const secret = "secret";
const environment = { PLAID_BASE_URL: url, PLAID_CLIENT_ID: clientId, PLAID_SECRET: secret, PLAID_ENV: "sandbox" };
const home = mkdtempSync(join(tmpdir(), "plaid-examples-"));

async function call(path, body) {
  const headers = { "Content-Type": "application/json", "PLAID-CLIENT-ID": clientId, "PLAID-SECRET": secret };
  const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
  const json = await response.json();
  assert.equal(response.status, 200, `${path}: ${JSON.stringify(json)}`);
  return json;
}

async function publicToken(options) {
  const products = ["transactions", "auth", "assets", "transfer"];
  const body = { institution_id: "ins_109508", initial_products: products, options };
  return (await call("/sandbox/public_token/create", body)).public_token;
}

async function item(options) {
  return (await call("/item/public_token/exchange", { public_token: await publicToken(options) })).access_token;
}

// Starts an example. The result has its output so far, and a promise of its end.
function start(name, ...args) {
  const child = spawn(join(folder, name), args, { cwd: home, env: { ...process.env, ...environment } });
  const run = { child, output: "" };
  child.stdout.on("data", (data) => (run.output += data));
  child.stderr.on("data", (data) => (run.output += data));
  run.end = new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  return run;
}

// Runs an example to its end, which has to be a good one, with an output that fits.
async function example(expected, name, ...args) {
  const run = start(name, ...args);
  assert.equal(await run.end, 0, `${name} failed: ${run.output}`);
  assert.match(run.output, expected, name);
  console.log(`${name.padEnd(24)} ${run.output.trim().split("\n").pop()}`);
}

// Waits until an example has written something.
async function written(run, expected) {
  for (let waited = 0; !expected.test(run.output); waited += 50) {
    assert.ok(waited < 20_000, `the example wrote ${JSON.stringify(run.output)} and not ${expected}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function main() {
  const access = await item();
  const { accounts } = await call("/accounts/get", { access_token: access });
  await example(/connected, the Item is/, "first_call", await publicToken());
  await example(/the public token is not valid/, "first_call", "public-sandbox-1");
  await example(/connected item/, "link_and_exchange", await publicToken());
  await example(/Plaid Checking: 110 USD, 100 to spend/, "accounts_and_balances", access);
  await example(/Uber/, "sync_transactions", access);
  await example(/3 accounts have numbers/, "handle_errors", access);
  await example(/nothing to repair/, "update_mode", access);
  await example(/transfer \S+ of 12.34 is pending/, "transfer", access, accounts[0].account_id, "order-1");
  await example(/bytes of application\/pdf/, "asset_report_pdf", access);
  assert.equal(readFileSync(join(home, "asset-report.pdf")).subarray(0, 5).toString(), "%PDF-");
  await example(/./, "fake_transport");

  const receiver = start("webhook_receiver");
  await written(receiver, /listening on/);
  const hooked = await item({ webhook: "http://127.0.0.1:3000/plaid/webhook" });
  await call("/sandbox/item/reset_login", { access_token: hooked });
  await written(receiver, /needs its user/);
  receiver.child.kill();
  console.log(`${"webhook_receiver".padEnd(24)} ${receiver.output.trim().split("\n").pop()}`);

  await example(/open Link with link-sandbox-/, "update_mode", hooked);
  await example(/./, "handle_errors", hooked);
}

main()
  .catch((error) => {
    console.error(error.stack);
    process.exitCode = 1;
  })
  .finally(() => rmSync(home, { recursive: true, force: true }));
