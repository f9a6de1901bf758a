// Recording a scenario: it runs against an emulator, and its requests are written down.

import { Emulator } from "plaid-emulator";

import { Receiver } from "../support.mjs";
import { Recorder } from "./recorder.mjs";

/** Runs a scenario in a tenant of its own, and returns its requests with what is known of its setting. */
export async function record(url, name, scenario) {
  const recorder = await Recorder.start(url);
  const receiver = await Receiver.start();
  try {
    const plaid = await Emulator.at(recorder.url).tenant(name);
    const { now } = await plaid.clock();
    // Making the tenant is no part of the scenario.
    recorder.entries.length = 0;
    await scenario(plaid, receiver);
    const { clientId, secret } = plaid;
    return { name, entries: recorder.entries, now: Date.parse(now), receiver: receiver.url, clientId, secret };
  } finally {
    receiver.stop();
    recorder.stop();
  }
}
