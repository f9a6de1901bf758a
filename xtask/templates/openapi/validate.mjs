// Lets other tools read OpenAPI documents, and prints what each of them found.
//
//   node validate.mjs OWN.json [OTHER.json ...]
//
// All documents: the official meta-schema, and the parsers of Scalar and Swagger UI. OWN also: Redocly's lint, and Prism,
// which is started as a mock and gets the samples of each operation.
import { execFile, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const [own, ...others] = process.argv.slice(2);
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
let failures = 0;

function fail(tool, file, message) {
  failures += 1;
  if (failures <= 100) console.error(`error: ${tool}: ${basename(file)}: ${message}`);
}

function operations(document) {
  const all = [];
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) if (item[method]) all.push({ path, method, operation: item[method] });
  }
  return all;
}

async function metaSchema(documents) {
  const { validate } = await import("@hyperjump/json-schema/openapi-3-1");
  const isValid = await validate("https://spec.openapis.org/oas/3.1/schema-base");
  for (const { file, document } of documents) {
    if (isValid(document, "FLAG").valid) continue;
    for (const error of isValid(document, "BASIC").errors.slice(0, 5)) {
      fail("meta-schema", file, `${error.absoluteKeywordLocation} at ${error.instanceLocation}`);
    }
  }
  return `${documents.length} documents are valid`;
}

async function scalar(documents) {
  const { dereference, validate } = await import("@scalar/openapi-parser");
  let found = 0;
  for (const { file, text, document } of documents) {
    const result = await validate(text);
    for (const error of result.valid ? [] : (result.errors ?? []).slice(0, 5)) fail("scalar", file, error.message);
    const { schema, errors } = dereference(text);
    for (const error of (errors ?? []).slice(0, 5)) fail("scalar", file, error.message);
    const here = operations(schema ?? {}).length;
    if (here !== operations(document).length) fail("scalar", file, `${here} operations were read`);
    found += here;
  }
  return `${documents.length} documents with ${found} operations are read`;
}

// The operations of a path with the schemas that they lead to. In a large document, Swagger UI's parser takes many seconds
// for each operation.
function part(document, path) {
  const item = document.paths[path];
  const schemas = {};
  const open = [item];
  while (open.length) {
    const value = open.pop();
    if (value === null || typeof value !== "object") continue;
    const name = typeof value.$ref === "string" && value.$ref.split("/").pop();
    if (name && !schemas[name]) open.push((schemas[name] = document.components.schemas[name]));
    open.push(...Object.values(value));
  }
  return { ...document, paths: { [path]: item }, webhooks: {}, components: { ...document.components, schemas } };
}

async function swagger(documents) {
  const { default: SwaggerClient } = await import("swagger-client");
  let found = 0;
  for (const { file, document } of documents) {
    const paths = Object.keys(document.paths ?? {});
    // All paths of a large document would take minutes.
    const step = paths.length < 100 ? 1 : file === own ? 10 : 50;
    const some = paths.filter((_, index) => index % step === 0);
    for (const path of some) {
      const { spec, errors } = await SwaggerClient.resolve({ spec: part(document, path) });
      for (const error of (errors ?? []).slice(0, 5)) fail("swagger-client", file, `${path}: ${error.message}`);
      const here = operations(spec ?? {});
      if (!here.length || here.some(({ operation }) => !operation.responses)) {
        fail("swagger-client", file, `${path}: it is not resolved`);
      }
      found += here.length;
    }
  }
  return `${documents.length} documents: ${found} operations are resolved`;
}

async function redocly(file) {
  const text = await new Promise((resolve, reject) => {
    const args = ["node_modules/@redocly/cli/bin/cli.js", "lint", file, "--format=json", "--max-problems=1000000"];
    const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
    execFile(process.execPath, args, { env, maxBuffer: 1 << 30 }, (error, stdout, stderr) =>
      stdout ? resolve(stdout) : reject(error ?? new Error(stderr)),
    );
  });
  const { totals, problems } = JSON.parse(text);
  const rules = new Map();
  for (const { ruleId, severity, message, location } of problems) {
    rules.set(ruleId, (rules.get(ruleId) ?? 0) + 1);
    if (severity === "error") fail("redocly", file, `${ruleId}: ${message} at ${location?.[0]?.pointer}`);
  }
  const warnings = [...rules].map(([rule, count]) => `${rule} ${count}`).join(", ");
  return `${totals.errors} errors, ${totals.warnings} warnings${warnings && ` (${warnings})`}`;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// The requests of an operation: one for each of its samples.
function requests({ path, method, operation }, document) {
  const headers = {};
  for (const scheme of Object.values(document.components?.securitySchemes ?? {})) {
    if (scheme.type === "apiKey" && scheme.in === "header") headers[scheme.name] = "a-key";
  }
  const query = new URLSearchParams();
  let url = path;
  for (const { name, in: place, example, required } of operation.parameters ?? []) {
    if (example === undefined) {
      if (required) throw new Error(`the parameter ${name} has no example`);
      continue;
    }
    if (place === "path") url = url.replace(`{${name}}`, encodeURIComponent(example));
    if (place === "header") headers[name] = String(example);
    if (place === "query") for (const one of [example].flat()) query.append(name, String(one));
  }
  if (query.size) url += `?${query}`;
  const [[type, media] = []] = Object.entries(operation.requestBody?.content ?? {});
  if (!type) return [{ url, method, headers }];
  const samples = Object.values(media.examples ?? {});
  if (!samples.length) throw new Error("the request has no samples");
  const sent = { ...headers, "content-type": type };
  return samples.map(({ value }) => ({ url, method, headers: sent, body: JSON.stringify(value) }));
}

async function prism(file, document) {
  const port = await freePort();
  const args = ["node_modules/@stoplight/prism-cli/dist/index.js", "mock", file, "-h", "127.0.0.1", "-p", `${port}`];
  const mock = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise((resolve) => mock.on("exit", resolve));
  const base = `http://127.0.0.1:${port}`;
  try {
    for (let tries = 0; ; tries += 1) {
      if (await fetch(`${base}/`).then(() => true, () => false)) break;
      if (tries === 600 || mock.exitCode !== null) throw new Error("Prism does not start");
      await sleep(200);
    }
    const statuses = new Map();
    let sent = 0;
    let refused = 0;
    for (const entry of operations(document)) {
      const name = `${entry.method} ${entry.path}`;
      for (const { url, ...init } of requests(entry, document)) {
        const response = await fetch(base + url, init);
        sent += 1;
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        const text = await response.text();
        if (!response.ok) fail("prism", file, `${name}: ${response.status}: ${text.slice(0, 500)}`);
      }
      // Something that is never valid, to see that Prism validates.
      const [{ url, body, ...init }] = requests(entry, document);
      if (!init.headers["content-type"]?.includes("json")) continue;
      const response = await fetch(base + url, { ...init, body: "[1]" });
      if (response.ok) fail("prism", file, `${name}: a list was accepted as its body`);
      else refused += 1;
    }
    const counts = [...statuses].map(([status, count]) => `${status} ${count}`).join(", ");
    return `${sent} samples were sent: ${counts}; ${refused} invalid bodies were refused`;
  } finally {
    mock.kill();
    await ended;
  }
}

async function run(tool, work) {
  const start = Date.now();
  try {
    console.log(`${tool.padEnd(16)} ${await work()} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    fail(tool, own, error.stack ?? error);
  }
}

const documents = [];
for (const file of [own, ...others]) {
  const text = await readFile(file, "utf8");
  documents.push({ file, text, document: JSON.parse(text) });
}
await run("meta-schema", () => metaSchema(documents));
await run("scalar", () => scalar(documents));
await run("swagger-client", () => swagger(documents));
await run("redocly", () => redocly(own));
await run("prism", () => prism(own, documents[0].document));
if (failures > 100) console.error(`error: ${failures - 100} more errors`);
process.exit(failures ? 1 : 0);
