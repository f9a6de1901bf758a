// What the scenarios share: what they start with, refused calls, and a receiver of webhooks.

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

/** Asks whether an account can be debited, and returns the authorization. */
export async function authorize(client, account, amount, more = {}) {
  const { data: decided } = await client.transferAuthorizationCreate({
    ...account,
    type: "debit",
    network: "ach",
    ach_class: "web",
    amount,
    user: { legal_name: "Anne Charleston" },
    ...more,
  });
  return decided.authorization;
}

/** Authorizes and creates a debit, and returns the transfer. */
export async function debit(client, account, amount, more = {}) {
  const { id } = await authorize(client, account, amount, more);
  const order = { ...account, authorization_id: id, description: "order 7" };
  return (await client.transferCreate(order)).data.transfer;
}

/** A debit of Bank Transfer, the older product, without the account. */
export const BANK_DEBIT = {
  idempotency_key: "rent-1",
  type: "debit",
  network: "ach",
  amount: "12.34",
  iso_currency_code: "USD",
  description: "rent",
  ach_class: "web",
  user: { legal_name: "Anne Charleston" },
};

/** Makes a user with an Item that receives salaries, and waits for the report about them. */
export async function bankIncome(client, receiver) {
  const { user_id, user_token } = (await client.userCreate({ client_user_id: "ann" })).data;
  const { data: created } = await client.sandboxPublicTokenCreate({
    institution_id: "ins_109508",
    initial_products: ["income_verification", "transactions"],
    user_token,
    options: {
      override_username: "user_bank_income",
      override_password: "{}",
      webhook: receiver.url,
      income_verification: { income_source_types: ["bank"], bank_income: { days_requested: 120 } },
    },
  });
  const { item_id } = (await client.itemPublicTokenExchange({ public_token: created.public_token })).data;
  assert.equal((await receiver.wait("BANK_INCOME_COMPLETE")).result, "SUCCESS");
  return { user_id, user_token, item_id };
}

/** Makes an Item by the credentials of a bank's customer, as banks do that move theirs. Returns its access token. */
export async function importItem(client) {
  const user_auth = { user_id: "user_good", auth_token: "pass_good" };
  return (await client.itemImport({ products: ["transactions"], user_auth })).data.access_token;
}

/** Lets a user link a payroll, or upload documents of one, and waits until they were read. Returns the webhook. */
export async function linkPayroll(plaid, client, receiver, user_token, payroll_income) {
  const token = await linkToken(client, {
    products: ["income_verification"],
    user_token,
    webhook: receiver.url,
    income_verification: { income_source_types: ["payroll"], payroll_income },
  });
  await plaid.completeLink(token);
  const done = await receiver.wait("INCOME_VERIFICATION");
  assert.equal(done.verification_status, "VERIFICATION_STATUS_PROCESSING_COMPLETE");
  return done;
}

/** Makes a user about whom a consumer report can be made. */
export async function borrower(client) {
  const { data: user } = await client.userCreate({
    client_user_id: "ann",
    identity: {
      name: { given_name: "Anna", family_name: "Charleston" },
      date_of_birth: "1975-01-18",
      emails: [{ data: "anna@example.com", primary: true }],
      phone_numbers: [{ data: "+14155550011", primary: true }],
      addresses: [
        {
          street_1: "2493 Leisure Lane",
          city: "San Matias",
          region: "CA",
          postal_code: "93405",
          country: "US",
          primary: true,
        },
      ],
    },
  });
  return user;
}

/** Makes an Item without Link and gives it to a user. Returns its access token and its id. */
export async function linkFor(client, user_id) {
  const access_token = await link(client, ["transactions"]);
  const { item_id } = (await client.itemGet({ access_token })).data.item;
  await client.userItemsAssociate({ user_id, item_ids: [item_id] });
  return { access_token, item_id };
}

/** A weekly debit, which a test clock lets pass. */
export function rent(client, account, test_clock_id, end = {}) {
  return client.transferRecurringCreate({
    ...account,
    type: "debit",
    network: "ach",
    ach_class: "ppd",
    amount: "12.34",
    user: { legal_name: "Anne Charleston" },
    description: "rent",
    idempotency_key: "rent-1",
    test_clock_id,
    schedule: {
      interval_unit: "week",
      interval_count: 1,
      interval_execution_day: 2,
      start_date: "2022-11-15",
      ...end,
    },
  });
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
