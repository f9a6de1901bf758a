// Runs scenarios against an emulator that runs. Usage: run.mjs URL LIST
//
// LIST is a JSON file: in `scenarios` for each its `name` and the `paths` of its product, and in `all` whether these are all. A
// scenario has a tenant of its own, whose ids are the same in each run, and has to call its product. All scenarios together have
// to call all operations.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { Emulator } from "plaid-emulator";

import { Receiver } from "./support.mjs";

/** Runs one, and returns the paths of the calls that succeeded. */
async function run(emulator, { name, paths }) {
  const plaid = await emulator.tenant(name);
  const { default: scenario } = await import(`./products/${name}.mjs`);
  const receiver = await Receiver.start();
  try {
    await scenario(plaid, receiver);
  } finally {
    receiver.stop();
  }
  const requests = await plaid.requests();
  const called = new Set(requests.filter((request) => request.status < 400).map((request) => request.call.split(" ")[1]));
  assert.ok(paths.some((path) => has(called, path)), "it does not call its product");
  return called;
}

/** Whether one of the calls is one of this operation. What follows its own path is an id. */
function has(called, path) {
  const [own, id] = path.split("{");
  return id === undefined ? called.has(own) : [...called].some((call) => call.startsWith(own));
}

const [url, list] = process.argv.slice(2);
const emulator = Emulator.at(url);
const { scenarios, all } = JSON.parse(readFileSync(list, "utf8"));
const called = new Set();
const failed = [];
for (const scenario of scenarios) {
  const start = performance.now();
  try {
    const own = await run(emulator, scenario);
    own.forEach((call) => called.add(call));
    const seconds = ((performance.now() - start) / 1_000).toFixed(2);
    console.log(`${scenario.name.padEnd(28)} ${seconds.padStart(6)} s ${String(own.size).padStart(3)} operations`);
  } catch (error) {
    console.error(error.stack, error.response?.data ?? "");
    failed.push(scenario.name);
  }
}
if (failed.length > 0) {
  console.error(`error: in Node, ${failed.length} of ${scenarios.length} scenarios fail: ${failed.join(", ")}`);
  process.exit(1);
}
const uncalled = new Set(scenarios.flatMap(({ paths }) => paths.filter((path) => !has(called, path))));
if (all && uncalled.size > 0) {
  console.error(`error: in Node, no scenario calls ${[...uncalled].join(", ")}; add the call to one in clients/node/products`);
  process.exit(1);
}
console.log(`in Node, ${scenarios.length} scenarios call ${called.size} operations`);
