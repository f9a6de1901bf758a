// The other Plaid: calls that are sent to it, with waiting where it needs time.

import { differences } from "./differences.mjs";
import { body } from "./recorder.mjs";

/** Codes of refusals that pass. */
const PASSING = /_NOT_READY$|RATE_LIMIT|^PLANNED_MAINTENANCE$|^INSTITUTION_(DOWN|NOT_RESPONDING|NOT_AVAILABLE)$/;

/** Codes that say that a product or an operation is not enabled for the keys. */
const NO_ACCESS = /^(INVALID_PRODUCT|UNAUTHORIZED_ROUTE_ACCESS|UNAUTHORIZED_ENVIRONMENT|PRODUCT_NOT_ENABLED)$/;

/** The first wait in milliseconds. Each is twice as long as the one before. */
const FIRST_WAIT = 1_000;

/** How long a response may take, in milliseconds. */
const TIMEOUT = 90_000;

/** A Plaid at an address, with keys. */
export class Other {
  #patience;
  #lasting;

  /**
   * `patience` is how long a call is sent again, in milliseconds. `lasting` are the differences that waiting did not remove.
   * They are added to it, and are not waited for again.
   */
  constructor({ url, clientId, secret }, patience, lasting) {
    this.url = url.replace(/\/+$/, "");
    this.clientId = clientId;
    this.secret = secret;
    this.#patience = patience;
    this.#lasting = lasting;
  }

  /** Sends a call, and returns its response with the differences from what the emulator answered. */
  async compared(step, path, sent, catalogue) {
    let left = this.#patience;
    for (let wait = FIRST_WAIT; ; wait *= 2) {
      const answer = await this.send(step, path, sent);
      const refusal = answer.status >= 400 ? String(answer.response?.error_code) : "";
      if (refusal === "INVALID_API_KEYS" && step.status < 400) {
        throw new Error(
          `${this.url} refuses the keys: PLAID_CLIENT_ID and PLAID_SECRET have to be those of this environment`,
        );
      }
      const noAccess = step.status < 400 && NO_ACCESS.test(refusal) ? refusal : undefined;
      const found = differences(step, answer, step.operation.types, catalogue);
      const key = ({ pointer, kind }) => `${step.operation.name} ${pointer} ${kind}`;
      const { isRead } = step.operation;
      const isNew = (one) => one.mayPass && !this.#lasting.has(key(one));
      const isRefused = found.some((one) => one.kind === "status") && (answer.status === 429 || PASSING.test(refusal));
      const isBroken = answer.status >= 500 && step.status < 500 && isRead;
      const mayPass = isRefused || isBroken || (isRead && found.some(isNew));
      if (!mayPass || left <= 0) {
        found.filter((one) => one.mayPass).forEach((one) => this.#lasting.add(key(one)));
        return { answer, found, noAccess };
      }
      const pause = Math.min(wait, left);
      left -= pause;
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
      return { status: response.status, response: body(bytes, response.headers.get("content-type") ?? "") };
    } catch (error) {
      throw new Error(
        `${method} ${this.url}${path.split("?")[0]} has no response: ${error.cause?.message ?? error.message}`,
      );
    }
  }
}
