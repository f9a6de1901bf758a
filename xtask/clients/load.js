// Puts load on an emulator. autocannon has to be in NODE_PATH. Usage:
//
//   load.js prepare URL FILE           makes what the measurement reads, and writes the requests with their responses
//   load.js measure URL FILE SECONDS   sends each request as often as it can, and prints the figures as JSON
//   load.js fill URL ITEMS DAYS        makes Items with the transactions of so many days, and prints how many there are
"use strict";

const assert = require("node:assert/strict");
const { readFileSync, writeFileSync } = require("node:fs");

const headers = {
  "Content-Type": "application/json",
  "PLAID-CLIENT-ID": "0123456789abcdef01234567",
  "PLAID-SECRET": "secret",
  // Prism asks for it.
  "Plaid-Version": "2020-09-14",
};

// How many connections there are at a time.
const CONNECTIONS = 16;

async function post(url, body) {
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const json = await response.json();
  assert.equal(response.status, 200, `${url}: ${JSON.stringify(json).slice(0, 1000)}`);
  return json;
}

// A new Item of the Sandbox's user, with transactions of so many days.
async function item(url, days) {
  const options = { transactions: { days_requested: days } };
  const body = { institution_id: "ins_109508", initial_products: ["transactions"], options };
  const { public_token } = await post(`${url}/sandbox/public_token/create`, body);
  return (await post(`${url}/item/public_token/exchange`, { public_token })).access_token;
}

async function prepare(url, file) {
  const access_token = await item(url, 730);
  // Two years have fewer rows than a page.
  const row = (number) => ({ amount: 12.5 + number, date: "2026-11-01", description: `Uber 063015 SF**POOL${number}**` });
  const more = { account: "0000", transactions: Array.from({ length: 200 }, (_, number) => row(number)) };
  await post(`${url}/_plaid/items/${access_token}/append_transactions`, more);
  const calls = [
    { path: "/accounts/get", body: { access_token } },
    { path: "/transactions/sync", body: { access_token, count: 500 } },
  ];
  for (const call of calls) call.response = await post(url + call.path, call.body);
  assert.equal(calls[1].response.added.length, 500, "the page of transactions is not full");
  writeFileSync(file, JSON.stringify(calls));
}

async function measure(url, file, seconds) {
  const autocannon = require("autocannon");
  const figures = [];
  for (const { path, body } of JSON.parse(readFileSync(file, "utf8"))) {
    const request = { url: url + path, method: "POST", headers, body: JSON.stringify(body), connections: CONNECTIONS };
    // What a server only does once is no part of the figures.
    await autocannon({ ...request, duration: 2 });
    const result = await autocannon({ ...request, duration: seconds });
    const failed = result.errors + result.timeouts + result.non2xx;
    const answered = result["2xx"];
    figures.push({
      path,
      failed,
      per_second: answered / result.duration,
      bytes: answered ? result.throughput.total / answered : 0,
      p50: result.latency.p50,
      p99: result.latency.p99,
    });
  }
  console.log(JSON.stringify(figures));
}

async function fill(url, items, days) {
  const today = new Date();
  const first = new Date(today.getTime() - 730 * 86_400_000);
  const [start_date, end_date] = [first, today].map((date) => date.toISOString().slice(0, 10));
  let [begun, transactions] = [0, 0];
  async function some() {
    while (begun < items) {
      begun += 1;
      const access_token = await item(url, days);
      const period = { access_token, start_date, end_date, options: { count: 1 } };
      const { total_transactions } = await post(`${url}/transactions/get`, period);
      transactions += total_transactions;
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, some));
  console.log(JSON.stringify({ transactions }));
}

async function main() {
  const [verb, url, ...rest] = process.argv.slice(2);
  switch (verb) {
    case "prepare":
      return prepare(url, rest[0]);
    case "measure":
      return measure(url, rest[0], Number(rest[1]));
    case "fill":
      return fill(url, Number(rest[0]), Number(rest[1]));
    default:
      throw new Error(`${verb} is none of prepare, measure and fill`);
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
