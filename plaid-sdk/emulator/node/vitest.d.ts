import type { TestAPI } from "vitest";

import type { Emulator, Tenant } from "./index.js";

declare module "vitest" {
  export interface ProvidedContext {
    plaidEmulator: { url: string; salt: string };
  }
}

/** Vitest's `test` with two fixtures: the emulator of all tests, and a tenant for this test alone. */
export const test: TestAPI<{ plaidEmulator: Emulator; plaid: Tenant }>;
export const it: typeof test;
