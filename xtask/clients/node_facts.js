// Prints what is in the npm package, as the beginning of spec/clients/node.yaml. Only names and versions: no text.
// Usage: node node_facts.js FOLDER, where FOLDER contains node_modules.
const fs = require('fs');
const path = require('path');

const folder = path.join(process.argv[2], 'node_modules', 'plaid');
const client = require(path.resolve(folder));
const { name, version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
const declarations = fs.readFileSync(path.join(folder, 'dist', 'api.d.ts'), 'utf8');
const document = /version of the OpenAPI document: (\S+)/.exec(declarations)[1];
const methods = Object.getOwnPropertyNames(client.PlaidApi.prototype).filter((method) => method !== 'constructor');
console.log(`package: ${name}\nversion: ${version}\ndocument: ${document}\nmethods:`);
for (const method of methods.sort()) console.log(`  - ${method}`);
