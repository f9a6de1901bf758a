// What the scenarios share: Items and Link tokens, refused calls, and a receiver of webhooks.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";

// How long a webhook may take, in milliseconds. The emulator sends it at once.
const PATIENCE = 5_000;

/** Makes an Item without Link, as the Sandbox allows, and returns its access token. */
export async function link(client, products, options = {}) {
  const { institution_id = "ins_109508", username = "user_good", password = "pass_good", webhook } = options;
  const { data: created } = await client.sandboxPublicTokenCreate({
    institution_id,
    initial_products: products,
    options: { override_username: username, override_password: password, webhook },
  });
  const { data: item } = await client.itemPublicTokenExchange({ public_token: created.public_token });
  return item.access_token;
}

/** Makes an Item without Link, and returns its access token and its first account, as transfers name them. */
export async function linkAccount(client, products) {
  const access_token = await link(client, products);
  const { accounts } = (await client.accountsGet({ access_token })).data;
  return { access_token, account_id: accounts[0].account_id };
}

/** Makes a Link token for a user in the USA, and returns it. */
export async function linkToken(client, more) {
  const { data: created } = await client.linkTokenCreate({
    client_name: "Acme",
    language: "en",
    country_codes: ["US"],
    user: { client_user_id: "ann" },
    ...more,
  });
  return created.link_token;
}

/** Makes an Item by the credentials of a bank's customer, as banks do that move theirs. Returns its access token. */
export async function importItem(client) {
  const user_auth = { user_id: "user_good", auth_token: "pass_good" };
  return (await client.itemImport({ products: ["transactions"], user_auth })).data.access_token;
}

/** Waits for a call that is refused with this error code. */
export async function refused(code, call) {
  await assert.rejects(call, (error) => {
    assert.equal(error.response?.data.error_code, code, error.message);
    return true;
  });
}

/** Whether a file is a PDF. */
export function isPdf(content) {
  return Buffer.from(content).toString("latin1", 0, 5) === "%PDF-";
}

/** A server for webhooks, as an application has one. */
export class Receiver {
  #server;
  #webhooks = [];
  #arrived = () => {};

  /** Starts one on a free port. */
  static async start() {
    const receiver = new Receiver();
    receiver.#server = createServer(async (request, response) => {
      const chunks = await request.toArray();
      const body = Buffer.concat(chunks);
      response.end();
      receiver.#webhooks.push({ payload: JSON.parse(body), body, headers: request.headers });
      receiver.#arrived();
    });
    receiver.#server.listen(0, "127.0.0.1");
    await once(receiver.#server, "listening");
    receiver.url = `http://127.0.0.1:${receiver.#server.address().port}/webhook`;
    return receiver;
  }

  /** Waits for a webhook with this code and these properties. Returns its payload, its body and its headers. */
  async receive(code, fields = {}) {
    const wanted = Object.entries({ webhook_code: code, ...fields });
    const end = Date.now() + PATIENCE;
    for (;;) {
      const found = this.#webhooks.find(({ payload }) => wanted.every(([key, value]) => payload[key] === value));
      if (found) return found;
      const left = end - Date.now();
      const seen = JSON.stringify(this.#webhooks.map(({ payload }) => payload));
      assert.ok(left > 0, `no webhook ${JSON.stringify(Object.fromEntries(wanted))}, but ${seen}`);
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#arrived = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Waits for a webhook with this code and these properties, and returns its payload. */
  async wait(code, fields) {
    return (await this.receive(code, fields)).payload;
  }

  /** Forgets what has come so far. */
  forget() {
    this.#webhooks = [];
  }

  /** Stops it. */
  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
