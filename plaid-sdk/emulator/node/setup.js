// The global setup of Vitest: one emulator for all test files.

import { Emulator } from "./index.js";

/** A global setup with other options than the defaults. */
export function withEmulator(options) {
  return async ({ provide }) => {
    // In CI it may run as a service already.
    const running = process.env.PLAID_EMULATOR_URL;
    const emulator = running ? Emulator.at(running) : await Emulator.start(options);
    // In an emulator of its own, a test has the same ids in each run. In one that others use too, it has new ones.
    provide("plaidEmulator", { url: emulator.url, salt: running ? String(Math.random()) : "" });
    return () => emulator.stop();
  };
}

export default withEmulator();
