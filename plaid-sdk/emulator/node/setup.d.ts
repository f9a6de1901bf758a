import type { StartOptions } from "./index.js";

interface Project {
  provide(name: "plaidEmulator", value: { url: string; salt: string }): void;
}

/** A global setup with other options than the defaults: `export default withEmulator({ seed: 7 })` in a file of your own. */
export function withEmulator(options?: StartOptions): (project: Project) => Promise<() => Promise<void>>;

declare const setup: (project: Project) => Promise<() => Promise<void>>;
export default setup;
