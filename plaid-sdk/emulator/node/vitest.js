// The fixtures of Vitest.

import { inject, test as base } from "vitest";

import { Emulator } from "./index.js";

export const test = base.extend({
  plaidEmulator: async ({}, use) => {
    const provided = inject("plaidEmulator");
    if (!provided) {
      throw new Error('no emulator runs: add globalSetup: "plaid-emulator/vitest/setup" to the options of test in vitest.config');
    }
    await use(Emulator.at(provided.url));
  },
  plaid: async ({ plaidEmulator, task }, use) => {
    await use(await plaidEmulator.tenant(`${task.id} ${inject("plaidEmulator").salt}`));
  },
});

export const it = test;
