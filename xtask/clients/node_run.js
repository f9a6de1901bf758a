// Runs Node snippets with the npm package against a recorder on loopback, and writes what arrives.
// Usage: node node_run.js FOLDER SNIPPETS ARRIVED, where FOLDER contains node_modules.
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');
const { createRequire } = require('module');

const [folder, snippets, arrived] = process.argv.slice(2);
const { addresses, variables, cases } = JSON.parse(fs.readFileSync(snippets, 'utf8'));
const load = createRequire(path.resolve(folder, 'package.json'));
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
Object.assign(process.env, variables);

let requests = [];
const recorder = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
    response.setHeader('Content-Type', 'application/json');
    response.end('{}');
  });
});

recorder.listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${recorder.address().port}`;
  load('plaid').PlaidEnvironments.sandbox = base;
  const outcomes = {};
  for (const [name, code] of Object.entries(cases)) {
    requests = [];
    let error = null;
    try {
      const local = addresses.reduce((text, address) => text.replaceAll(address, base), code);
      await new AsyncFunction('require', local)(load);
    } catch (thrown) {
      error = `${thrown.name}: ${thrown.message}`;
    }
    outcomes[name] = { requests, error };
  }
  fs.writeFileSync(arrived, JSON.stringify(outcomes));
  recorder.close();
  recorder.closeAllConnections();
});
