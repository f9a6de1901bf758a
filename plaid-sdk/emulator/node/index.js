// Starts an emulator as a process, and controls it.

import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SUFFIX = process.platform === "win32" ? ".exe" : "";

/** The program that this package carries. */
export const program = fileURLToPath(new URL(`./bin/plaid-emulator${SUFFIX}`, import.meta.url));

const SECRET = "emulator-secret";

/** A call or a control that was refused. */
export class EmulatorError extends Error {
  constructor(message, status, body) {
    super(message);
    this.name = "EmulatorError";
    this.status = status;
    this.body = body;
  }
}

async function send(method, url, headers, body) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: text,
  });
  const answer = await response.text();
  let value;
  try {
    value = JSON.parse(answer);
  } catch {
    throw new EmulatorError(`${method} ${url} answers with status ${response.status} and no JSON`, response.status, answer);
  }
  if (response.ok) return value;
  const reason = value.error_code
    ? `${value.error_type} ${value.error_code}: ${value.error_message}`
    : `${value.error} (${value.help})`;
  throw new EmulatorError(reason, response.status, value);
}

/** A running emulator. */
export class Emulator {
  #child;
  #path;

  constructor(url, child, path) {
    this.url = url;
    this.#child = child;
    this.#path = path;
  }

  /** Starts one on a free port. It ends with this process, however that ends. */
  static async start(options = {}) {
    const path = options.program ?? program;
    const flags = ["--port", "0", "--exit-with-stdin", "--pace", options.pace ?? "instant"];
    if (options.seed !== undefined) flags.push("--seed", String(options.seed));
    if (options.frozen !== undefined) {
      const { frozen } = options;
      flags.push("--frozen", frozen instanceof Date ? frozen.toISOString() : frozen);
    }
    const child = spawn(path, [...flags, ...(options.args ?? [])], {
      stdio: ["pipe", "pipe", "inherit"],
      windowsHide: true,
    });
    const failed = new Promise((_, reject) => {
      child.once("error", (error) => reject(new Error(`${path} can't be run: ${error.message}`)));
      child.once("exit", (code) => reject(new Error(`${path} ended with code ${code} instead of starting`)));
    });
    // It is awaited only until the address is there. Later it means nothing.
    failed.catch(() => {});
    const lines = createInterface({ input: child.stdout });
    const [line] = await Promise.race([once(lines, "line"), failed]);
    const url = /https?:\/\/\S+/.exec(line)?.[0];
    if (!url) throw new Error(`${path} printed no address but ${JSON.stringify(line)}`);
    // A program that forgets to stop it can end all the same.
    for (const handle of [child, child.stdin, child.stdout]) handle.unref();
    return new Emulator(url, child, path);
  }

  /** One that runs already, at its address. `stop` leaves it running. */
  static at(url) {
    return new Emulator(url.replace(/\/+$/, ""));
  }

  /** The number of its process, if this object started it. */
  get pid() {
    return this.#child?.pid;
  }

  /** A tenant without a past: other tenants neither see it nor are seen by it. The same name gives the same ids again. */
  async tenant(name) {
    const id = name === undefined ? randomBytes(12).toString("hex") : clientId(name);
    const tenant = new Tenant(this.url, id, SECRET);
    await tenant.reset();
    return tenant;
  }

  /** Stops it and waits for its end. */
  async stop() {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    const ended = once(child, "exit");
    child.stdin.end();
    const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(timer);
  }

  async [Symbol.asyncDispose]() {
    await this.stop();
  }
}

function clientId(name) {
  return createHash("sha256").update(name).digest("hex").slice(0, 24);
}

/** One client id with all that belongs to it. */
export class Tenant {
  constructor(url, clientId, secret = SECRET) {
    this.url = url;
    this.clientId = clientId;
    this.secret = secret;
  }

  /** What the constructor of `Configuration` in the package `plaid` takes. */
  configuration() {
    return { basePath: this.url, baseOptions: { headers: this.#headers() } };
  }

  /** The environment of a program that calls Plaid. */
  environment() {
    return {
      PLAID_BASE_URL: this.url,
      PLAID_CLIENT_ID: this.clientId,
      PLAID_SECRET: this.secret,
      PLAID_ENV: "sandbox",
    };
  }

  #headers() {
    return { "PLAID-CLIENT-ID": this.clientId, "PLAID-SECRET": this.secret };
  }

  /** Calls an operation of the API without a client. */
  call(path, body = {}) {
    return send("POST", this.url + path, this.#headers(), body);
  }

  /** Uses one of the controls that the README lists. */
  control(method, path, body) {
    const sent = method === "GET" ? undefined : (body ?? {});
    return send(method, `${this.url}/_plaid/${path}`, { "PLAID-CLIENT-ID": this.clientId }, sent);
  }

  #item(item, verb, body) {
    return this.control("POST", `items/${encodeURIComponent(item)}/${verb}`, body);
  }

  /** Does all that a user does in Link. */
  completeLink(linkToken, options = {}) {
    return this.control("POST", "link/complete", { link_token: linkToken, ...options });
  }

  /** Leaves Link as a user does. */
  exitLink(linkToken, options = {}) {
    return this.control("POST", "link/exit", { link_token: linkToken, ...options });
  }

  clock() {
    return this.control("GET", "clock");
  }

  freeze() {
    return this.control("POST", "clock/freeze");
  }

  /** Moves the clock: by seconds, to a time, or to the next event. */
  advance(far) {
    const body =
      typeof far === "number"
        ? { seconds: far }
        : { to: far instanceof Date ? far.toISOString() : far };
    return this.control("POST", "clock/advance", body);
  }

  async fault(fault) {
    return (await this.control("POST", "faults", fault)).id;
  }

  async clearFaults() {
    await this.control("DELETE", "faults");
  }

  async breakItem(item, error = {}) {
    await this.#item(item, "break", error);
  }

  async repairItem(item) {
    await this.#item(item, "repair");
  }

  async revokeItem(item) {
    await this.#item(item, "revoke");
  }

  async appendTransactions(item, account, transactions) {
    return this.#item(item, "append_transactions", { account, transactions });
  }

  /** Lets the API send a webhook, by `/sandbox/item/fire_webhook`. */
  async fireWebhook(accessToken, code, type) {
    const more = type === undefined ? {} : { webhook_type: type };
    await this.call("/sandbox/item/fire_webhook", { access_token: accessToken, webhook_code: code, ...more });
  }

  async webhooks() {
    return (await this.control("GET", "webhooks")).webhooks.map(readable);
  }

  async waitForWebhook(code, options = {}) {
    return readable((await this.control("POST", "webhooks/wait", { code, ...options })).webhook);
  }

  async requests() {
    return (await this.control("GET", "requests")).requests;
  }

  seed(wanted = {}) {
    return this.control("POST", "seed", wanted);
  }

  async snapshot(name) {
    await this.control("POST", "snapshot", { name });
  }

  async restore(name) {
    await this.control("POST", "restore", { name });
  }

  /** Forgets all that the tenant has. */
  async reset() {
    await this.control("POST", "reset");
    await this.control("POST", "tenant", { secret: this.secret });
  }
}

function readable(webhook) {
  return { ...webhook, payload: JSON.parse(webhook.body) };
}
