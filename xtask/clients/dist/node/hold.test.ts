// A test that never ends: the runner is killed, and its emulator has to end.

import { writeFileSync } from "node:fs";

import { test } from "plaid-emulator/vitest";

test.runIf(process.env.HOLD)("hold", { timeout: 600_000 }, async ({ plaidEmulator }) => {
  writeFileSync("address.txt", plaidEmulator.url);
  await new Promise(() => {});
});
