// The other Plaid: calls that are sent to it, with waiting where it needs time.

import { differences } from "./differences.mjs";
import { body } from "./recorder.mjs";

/** Codes of refusals that pass. */
const PASSING = /_NOT_READY$|RATE_LIMIT|^PLANNED_MAINTENANCE$|^INSTITUTION_(DOWN|NOT_RESPONDING|NOT_AVAILABLE)$/;

/** Codes that say that something is not enabled for the team of the keys. */
const NO_ACCESS = new Set([
  ...["INVALID_PRODUCT", "UNAUTHORIZED_ROUTE_ACCESS", "UNAUTHORIZED_ENVIRONMENT", "UNAUTHORIZED_INSTITUTION"],
  ...["DIRECT_INTEGRATION_NOT_ENABLED", "ADDENDUM_NOT_SIGNED", "INSIGHTS_NOT_ENABLED"],
  "NOT_ENABLED_FOR_SIGNAL_TRANSACTION_SCORE_RULESETS",
]);

/** The part of the patience that a read gets which succeeds but lacks something. It may lack it for ever. */
const FOR_DATA = 1 / 4;

/** The first wait in milliseconds. Each is twice as long as the one before. */
const FIRST_WAIT = 1_000;

/** How long a response may take, in milliseconds. */
const TIMEOUT = 90_000;

/** What is learned about the other Plaid: the differences that waiting does not remove, and whether it answers at all. */
export function learned() {
  return { lasting: new Set(), isReached: false };
}

/** A Plaid at an address, with keys. */
export class Other {
  #patience;
  #known;

  /**
   * `patience` is how long a call is sent again, in milliseconds. `known` is what `learned` returns, for all scenarios together.
   */
  constructor({ url, clientId, secret }, patience, known) {
    this.url = url.replace(/\/+$/, "");
    this.clientId = clientId;
    this.secret = secret;
    this.#patience = patience;
    this.#known = known;
  }

  /** Sends a call, and returns its response with the differences from what the emulator answered. */
  async compared(step, path, sent, catalogue) {
    const { name, isRead, types } = step.operation;
    const key = ({ pointer, kind }) => `${name} ${pointer} ${kind}`;
    for (let [waited, wait] = [0, FIRST_WAIT]; ; wait *= 2) {
      const answer = await this.send(step, path, sent);
      const refusal = answer.status >= 400 ? String(answer.response?.error_code) : "";
      if (refusal === "INVALID_API_KEYS" && step.status < 400) {
        const keys = "PLAID_CLIENT_ID and PLAID_SECRET have to be those of this environment";
        throw new Error(`${this.url} refuses the keys: ${keys}`);
      }
      const noAccess = step.status < 400 && NO_ACCESS.has(refusal) ? refusal : undefined;
      const found = differences(step, answer, types, catalogue);
      const mayHaveMore = isRead && found.some((one) => one.mayPass && !this.#known.lasting.has(key(one)));
      const patience = this.#patience * passes(step, answer, refusal, mayHaveMore);
      if (waited >= patience) {
        found.filter((one) => one.mayPass).forEach((one) => this.#known.lasting.add(key(one)));
        return { answer, found, noAccess };
      }
      const pause = Math.min(wait, patience - waited);
      waited += pause;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Sends a body with the method and the headers of a recorded call. */
  async send({ method, type, version }, path, sent) {
    const headers = { "PLAID-CLIENT-ID": this.clientId, "PLAID-SECRET": this.secret };
    if (type) headers["Content-Type"] = type;
    if (version) headers["Plaid-Version"] = version;
    const options = { method, headers, redirect: "error", signal: AbortSignal.timeout(TIMEOUT) };
    if (sent !== null) options.body = typeof sent === "string" ? sent : JSON.stringify(sent);
    try {
      const response = await fetch(this.url + path, options);
      const bytes = Buffer.from(await response.arrayBuffer());
      this.#known.isReached = true;
      return { status: response.status, response: body(bytes, response.headers.get("content-type") ?? "") };
    } catch (error) {
      const reason = error.cause?.message ?? error.message;
      // Later, a call without a response is a difference like others.
      if (!this.#known.isReached) throw new Error(`${this.url} can't be reached: ${reason}`);
      return { status: 0, response: null };
    }
  }
}

/** The part of the patience that a response gets: all if it is a refusal that passes, and none if nothing will change. */
function passes(step, answer, refusal, mayHaveMore) {
  const isUnlike = answer.status !== step.status;
  if (isUnlike && (answer.status === 429 || PASSING.test(refusal))) return 1;
  const isBroken = answer.status === 0 || answer.status >= 500;
  if (isUnlike && isBroken && step.operation.isRead) return 1;
  return mayHaveMore ? FOR_DATA : 0;
}
