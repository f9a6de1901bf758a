// Goes through the explorer's tools with the inspector of MCP (npm), in its CLI mode: each call is a process of its own.
//
// Arguments: the folder with node_modules, the address of the tools, and the program.

"use strict";

const { execFileSync } = require("node:child_process");
const path = require("node:path");

const [folder, address, program] = process.argv.slice(2);
const inspector = path.join(folder, "node_modules/.bin/mcp-inspector");

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(1);
}

/** The output of one method. */
function run(target, method, rest = []) {
  const output = execFileSync(inspector, ["--cli", ...target, "--method", method, ...rest], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (/-sandbox-/.test(output)) fail(`${method} ${rest.join(" ")} shows a token`);
  return JSON.parse(output);
}

/** The text of a tool, with arguments as the inspector takes them. */
function call(target, tool, args) {
  const pairs = Object.entries(args).map(([name, value]) => {
    return `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`;
  });
  const result = run(target, "tools/call", ["--tool-name", tool, "--tool-arg", ...pairs]);
  const text = result.content[0].text;
  if (result.isError) fail(`${tool}: ${text}`);
  return text;
}

/** The response of an operation. */
function operation(target, tool, name, args) {
  return JSON.parse(call(target, tool, { operation: name, arguments: args }).split("\n\nShortened")[0]);
}

const LINK = {
  client_name: "Acme",
  language: "en",
  country_codes: ["US"],
  products: ["transactions"],
  user: { client_user_id: "user-1" },
};

/** What both transports can do in one process each. */
function look(target) {
  const names = run(target, "tools/list").tools.map((tool) => tool.name);
  if (!names.includes("complete_link")) fail(`the tools are ${names}`);
  if (!call(target, "search_operations", { query: "create a link token" }).includes("link_token_create")) {
    fail("the search finds no link_token_create");
  }
  if (!call(target, "describe_operation", { operation: "link_token_create" }).includes("client_name (string, required)")) {
    fail("the description lacks client_name");
  }
  const created = operation(target, "call_write_operation", "link_token_create", LINK);
  if (!created.link_token.startsWith("handle:link_token:")) fail(JSON.stringify(created));
  return created.link_token;
}

// A process over standard input and output forgets its handles when it ends, so the chain goes over HTTP.
const http = [address, "--transport", "http"];
const completed = JSON.parse(call(http, "complete_link", { link_token: look(http) }));
const exchanged = operation(http, "call_write_operation", "item_public_token_exchange", {
  public_token: completed.public_token,
});
if (!exchanged.access_token.startsWith("handle:access_token:")) fail(JSON.stringify(exchanged));
const synced = () =>
  operation(http, "call_read_operation", "transactions_sync", { access_token: exchanged.access_token });
let page = synced();
for (let tries = 0; page.added.length === 0 && tries < 30; tries += 1) page = synced();
if (page.added.length === 0) fail("there are no transactions");
run(http, "resources/read", ["--uri", "plaid://errors/ITEM_LOGIN_REQUIRED.md"]);
console.log("npm inspector, http: all worked");

look([program, "mcp"]);
console.log("npm inspector, stdio: all worked");
