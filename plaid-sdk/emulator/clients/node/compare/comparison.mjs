// A comparison of scenarios, from their recording to the summary.

import { randomBytes } from "node:crypto";

import { Other, learned } from "./other.mjs";
import { plan } from "./plan.mjs";
import { record } from "./recording.mjs";
import { replay } from "./replay.mjs";
import { Summary } from "./summary.mjs";

/** How often a scenario is recorded until two recordings fit: calls at the same time may change places. */
const ATTEMPTS = 3;

/**
 * Compares scenarios. `recorders` are the addresses of two emulators whose ids differ. `open` is called with the name of a
 * scenario and returns the other Plaid: `url`, `clientId`, `secret`, `now`. `setting` has `webhook`, `team`, and `patience`
 * in milliseconds. `told` is called after each scenario with its name and the counts of its calls.
 */
export async function compare(scenarios, recorders, open, setting, catalogue, told = () => {}) {
  const run = randomBytes(4).toString("hex");
  const summary = new Summary();
  const known = learned();
  for (const [index, { name, scenario }] of scenarios.entries()) {
    const steps = await planned(name, scenario, recorders, catalogue);
    const { now, ...address } = await open(name);
    summary.hide(address.clientId, address.secret);
    const other = new Other(address, setting.patience, known);
    told(name, summary.add(name, await replay(steps, other, { ...setting, now, run: `${run}-${index}` }, catalogue)));
  }
  return summary;
}

/** The plan of a scenario. */
async function planned(name, scenario, recorders, catalogue) {
  for (let attempt = 1; ; attempt += 1) {
    const recordings = [];
    for (const url of recorders) {
      try {
        recordings.push(await record(url, name, scenario));
      } catch (error) {
        throw new Error(`the scenario ${name} fails on the emulator: ${error.message}`, { cause: error });
      }
    }
    try {
      return plan(...recordings, catalogue);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
