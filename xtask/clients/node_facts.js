// Prints the names in the npm package as JSON, for spec/clients/node.yaml. Names and versions only: no text.
// Usage: node node_facts.js FOLDER, where FOLDER contains node_modules.
'use strict';
const fs = require('fs');
const path = require('path');

const folder = path.resolve(process.argv[2], 'node_modules', 'plaid');
const client = require(folder);
const { name, version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
const declarations = fs.readFileSync(path.join(folder, 'dist', 'api.d.ts'), 'utf8');

// Enums are the objects that the package exports, apart from its environments.
const enums = {};
for (const [exported, value] of Object.entries(client)) {
  if (typeof value === 'object' && value !== null && exported !== 'PlaidEnvironments') {
    enums[exported] = Object.fromEntries(Object.entries(value).map(([constant, text]) => [constant, String(text)]));
  }
}

const interfaces = {};
for (const [, exported, body] of declarations.matchAll(/^export interface (\w+) \{\n(.*?)^\}/gms)) {
  const properties = body.matchAll(/^ {4}(?:'([^']+)'|(\w+))\??: (.*)$/gm);
  interfaces[exported] = Object.fromEntries([...properties].map(([, quoted, plain, type]) => [quoted ?? plain, type.replace(/;$/, '')]));
}

// The methods whose body has no interface: it is a map of objects.
const maps = [...declarations.matchAll(/^ {4}(\w+)\(requestBody: \{$/gm)].map(([, method]) => method);

console.log(
  JSON.stringify({
    package: name,
    version,
    document: /version of the OpenAPI document: (\S+)/.exec(declarations)[1],
    methods: Object.getOwnPropertyNames(client.PlaidApi.prototype).filter((method) => method !== 'constructor'),
    maps,
    enums,
    interfaces,
  }),
);
