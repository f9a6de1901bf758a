// Replays scenarios on another Plaid and compares the responses with those of the emulator. Usage: compare.mjs SETTING
//
// SETTING is a JSON file: `scenarios`, those of run.mjs; `document`, the path of the API's OpenAPI document; `recorders`, the
// addresses of two emulators; `other`, the address of the other Plaid; `isEmulator`, whether that is an emulator too; `team`,
// ids of the team by those of the emulator, or null; `webhook`, an address for webhooks; `patience`, in seconds; `report`, the
// path of a Markdown file, or null. The keys come from PLAID_CLIENT_ID and PLAID_SECRET. An emulator needs none.
//
// The exit code is 0 without differences, 1 with some, and 2 if they could not be compared.

import { readFileSync, writeFileSync } from "node:fs";

import { Emulator } from "plaid-emulator";

import { Catalogue } from "./compare/catalogue.mjs";
import { compare } from "./compare/comparison.mjs";

const setting = JSON.parse(readFileSync(process.argv[2], "utf8"));

/** The other Plaid, for a scenario. In an emulator each has a tenant of its own. */
async function open(name) {
  if (!setting.isEmulator) {
    const { PLAID_CLIENT_ID: clientId, PLAID_SECRET: secret } = process.env;
    return { url: setting.other, clientId, secret, now: Date.now() };
  }
  const tenant = await Emulator.at(setting.other).tenant(name);
  const { url, clientId, secret } = tenant;
  return { url, clientId, secret, now: Date.parse((await tenant.clock()).now) };
}

function told(name, { compared, different, skipped }) {
  const counts = `${String(compared).padStart(3)} compared ${String(different).padStart(3)} different`;
  console.log(`${name.padEnd(40)} ${counts} ${String(skipped).padStart(3)} not replayed`);
}

try {
  const catalogue = new Catalogue(JSON.parse(readFileSync(setting.document, "utf8")));
  const scenarios = [];
  for (const { name } of setting.scenarios) {
    scenarios.push({ name, scenario: (await import(`./products/${name}.mjs`)).default });
  }
  const { recorders, webhook, team } = setting;
  const options = { webhook, team: team ?? undefined, patience: setting.patience * 1_000 };
  const summary = await compare(scenarios, recorders, open, options, catalogue, told);
  console.log(summary.text());
  if (setting.report)
    writeFileSync(setting.report, summary.markdown(setting.isEmulator ? "another emulator" : setting.other));
  process.exitCode = summary.isDifferent ? 1 : 0;
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}
