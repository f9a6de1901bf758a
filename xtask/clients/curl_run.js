// Runs curl snippets in a POSIX shell against a recorder on loopback, and writes what arrives and which arguments curl gets:
// those are visible to all users of a machine.
// Usage: node curl_run.js FOLDER SNIPPETS ARRIVED, where FOLDER is for the command that records the arguments.
'use strict';
const { spawn, execFileSync } = require('child_process');
const fs = require('fs');
const http = require('http');
const path = require('path');

const [folder, snippets, arrived] = process.argv.slice(2);
const { addresses, variables, cases } = JSON.parse(fs.readFileSync(snippets, 'utf8'));
const curl = execFileSync('sh', ['-c', 'command -v curl'], { encoding: 'utf8' }).trim();
const record = path.join(folder, 'arguments');
fs.writeFileSync(
  path.join(folder, 'curl'),
  `#!/bin/sh\nprintf '%s\\n' "$@" > '${record}'\nexec '${curl}' --silent --show-error "$@"\n`,
  { mode: 0o755 },
);
const environment = { ...process.env, ...variables, PATH: `${folder}:${process.env.PATH}` };

let requests = [];
const recorder = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
    response.end('{}');
  });
});

function run(code) {
  return new Promise((resolve) => {
    const shell = spawn('sh', ['-s'], { env: environment, stdio: ['pipe', 'ignore', 'pipe'] });
    let error = '';
    shell.stderr.on('data', (chunk) => (error += chunk));
    shell.on('close', (status) => resolve(status === 0 ? null : `status ${status}: ${error}`));
    shell.stdin.end(code);
  });
}

recorder.listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${recorder.address().port}`;
  const secrets = Object.values(variables);
  const outcomes = {};
  for (const [name, code] of Object.entries(cases)) {
    requests = [];
    let error = await run(addresses.reduce((text, address) => text.replaceAll(address, base), code));
    const words = fs.readFileSync(record, 'utf8');
    if (secrets.some((secret) => words.includes(secret))) {
      error = 'an argument of curl contains a credential';
      requests = [];
    }
    outcomes[name] = { requests, error };
  }
  fs.writeFileSync(arrived, JSON.stringify(outcomes));
  recorder.close();
  recorder.closeAllConnections();
});
