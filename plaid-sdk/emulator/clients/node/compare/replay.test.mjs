import assert from "node:assert/strict";
import { test } from "node:test";

import { Catalogue } from "./catalogue.mjs";
import { withoutLink } from "./link.mjs";
import { plan } from "./plan.mjs";
import { replay } from "./replay.mjs";

const PATHS = [
  "/user/create",
  "/user/get",
  "/link/token/create",
  "/link/token/get",
  "/thing/get/{thing_id}",
  "/events/sync",
  "/session/get",
];
const catalogue = new Catalogue({
  paths: Object.fromEntries(PATHS.map((path) => [path, { post: { responses: {} } }])),
});

/** The recording of calls `[path, request, response, status]`. Of a pair in them, it takes one. */
function recording(calls, index) {
  const own = (value) => {
    if (Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === "string"))
      return value[index];
    if (value === null || typeof value !== "object") return value;
    return Array.isArray(value)
      ? value.map(own)
      : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, own(one)]));
  };
  const entries = calls.map(([path, request, response, status = 200]) => ({
    ...{ method: "POST", type: "application/json", path: own(path), request: own(request) },
    ...{ response: own(response), status },
  }));
  const setting = {
    receiver: `http://127.0.0.1:${index}`,
    clientId: `client-${index}`,
    secret: "secret-of-the-emulator",
  };
  return { name: "test", entries, now: Date.parse("2026-11-30T12:00:00Z"), ...setting };
}

/** Replays calls. `answer` returns the body of the other Plaid. Returns what it was sent, or why not. */
async function replayed(calls, answer = () => ({}), setting = {}, send = undefined) {
  const steps = plan(recording(calls, 0), recording(calls, 1), catalogue);
  const other = {
    send,
    clientId: "own client",
    secret: "own secret",
    compared: async (step, path, sent) => ({
      answer: { status: 200, response: answer(path, sent) },
      found: [{ path, sent }],
    }),
  };
  const options = { now: Date.parse("2026-12-01T08:00:00Z"), run: "r", webhook: "https://hook.example", ...setting };
  const results = await replay(steps, other, options, catalogue);
  return results.map(({ differences, skipped }) => skipped ?? differences?.[0]);
}

/** A value that differs in the two recordings. */
const made = (name) => [`${name} of the first`, `${name} of the second`];

test("what the emulator made is replaced by what the other makes", async () => {
  const calls = [
    [
      "/user/create",
      { client_user_id: "ann", webhook: ["http://127.0.0.1:0/x", "http://127.0.0.1:1/x"] },
      { user: { id: made("user") } },
    ],
    ["/user/get", { user_id: made("user"), note: "user", client_id: ["client-0", "client-1"], born: "1990-01-01" }, {}],
    [["/thing/get/user%20of", "/thing/get/user%20of"], { since: "2026-11-29", secret: "secret-of-the-emulator" }, {}],
  ];
  const sent = await replayed(calls, (path) => (path === "/user/create" ? { user: { id: "usr_1" } } : {}));
  assert.deepEqual(sent, [
    { path: "/user/create", sent: { client_user_id: "ann-r", webhook: "https://hook.example" } },
    { path: "/user/get", sent: { user_id: "usr_1", note: "user", client_id: "own client", born: "1990-01-01" } },
    { path: "/thing/get/user%20of", sent: { since: "2026-11-30", secret: "own secret" } },
  ]);
});

test("a part of a value, a counted id and an id in a path are replaced too", async () => {
  const calls = [
    ["/user/create", {}, { thing_id: ["aaaaaaaa11", "bbbbbbbb22"], events: [{ event_id: 3, amount: 3 }] }],
    ["/events/sync", { after_id: 3, count: 3, prefix: ["aaaaaaaa", "bbbbbbbb"] }, {}],
    [["/thing/get/aaaaaaaa11", "/thing/get/bbbbbbbb22"], null, {}],
  ];
  const sent = await replayed(calls, () => ({ thing_id: "cccccccc33", events: [{ event_id: 70, amount: 1 }] }));
  assert.deepEqual(sent[1].sent, { after_id: 70, count: 3, prefix: "cccccccc" });
  assert.equal(sent[2].path, "/thing/get/cccccccc33");
});

test("a value comes from the response that made it, and not from a list that others are in", async () => {
  const calls = [
    ["/user/create", {}, { user: { id: made("user") } }],
    ["/events/sync", {}, { events: [{ user_id: made("user") }] }],
    ["/user/get", { user_id: made("user") }, {}],
  ];
  const answer = (path) => (path === "/user/create" ? { user: { id: "own" } } : { events: [{ user_id: "older" }] });
  assert.deepEqual((await replayed(calls, answer))[2].sent, { user_id: "own" });
});

test("without a value, a call and what comes after it are not replayed", async () => {
  const calls = [
    ["/user/create", {}, { user_id: made("user"), token: made("token") }],
    ["/link/token/create", { user_id: made("user"), token: made("token") }, { link_token: made("link") }],
    ["/link/token/get", { link_token: made("link") }, {}],
    ["/user/get", { user_id: made("user") }, {}],
    ["/session/get", { session: made("session") }, {}],
    ["/events/sync", { after_id: 0 }, {}],
  ];
  assert.deepEqual(await replayed(calls, () => ({ user_id: "usr_1" })), [
    { path: "/user/create", sent: {} },
    "it needs a value of /user/create, whose response had no `/token`",
    "it needs a value of /link/token/create, which was not replayed",
    "it comes after /link/token/create",
    "it needs a value that no response has, such as one of a webhook",
    { path: "/events/sync", sent: { after_id: 0 } },
  ]);
});

test("what a control changes is not replayed: its object, and those that the object was made from", async () => {
  const calls = [
    ["/user/create", { client_user_id: "ann" }, { user_id: made("user") }],
    ["/link/token/create", { user: { client_user_id: "ann" }, payment: made("user") }, { link_token: made("link") }],
    ["/_plaid/link/complete", { link_token: made("link") }, { public_token: made("public") }],
    ["/link/token/get", { link_token: made("link") }, {}],
    ["/user/get", { user_id: made("user") }, {}],
    ["/session/get", { client_user_id: "ann" }, {}],
    ["/session/get", { client_user_id: "bob" }, { users: [made("user")] }],
    ["/session/get", { client_user_id: "bob" }, {}],
    ["/session/get", { public_token: made("public") }, {}],
  ];
  const results = await replayed(calls, () => ({ user_id: "usr_1", link_token: "link" }));
  const reason = "it comes after the control `link/complete`";
  assert.deepEqual(results.slice(2, 7), [undefined, reason, reason, reason, reason]);
  assert.deepEqual(results[7].sent, { client_user_id: "bob-r" });
  assert.equal(results[8], "it needs a value of the control `link/complete`");
});

test("a login in Link becomes an Item of the Sandbox, of the same user", async () => {
  const token = { products: ["auth"], user_id: made("user"), user: { client_user_id: "ann" } };
  const calls = [
    ["/user/create", {}, { user_id: made("user") }],
    [
      "/link/token/create",
      { ...token, webhook: ["http://127.0.0.1:0/x", "http://127.0.0.1:1/x"] },
      { link_token: made("link") },
    ],
    ["/_plaid/link/complete", { link_token: made("link"), username: "user_good" }, { public_token: made("public") }],
    ["/session/get", { public_token: made("public") }, {}],
    ["/user/get", { user_id: made("user") }, {}],
    ["/session/get", { client_user_id: "ann" }, {}],
    ["/link/token/get", { link_token: made("link") }, {}],
  ];
  const asked = [];
  const send = async (step, path, sent) => {
    asked.push({ path, sent });
    return { status: 200, response: { public_token: "public" } };
  };
  const answer = () => ({ user_id: "usr_1", link_token: "link" });
  const results = await replayed(calls, answer, {}, send);
  const body = {
    institution_id: "ins_109508",
    initial_products: ["auth"],
    user_id: "usr_1",
    options: { override_username: "user_good", override_password: undefined, webhook: "https://hook.example" },
  };
  assert.deepEqual(asked, [{ path: "/sandbox/public_token/create", sent: body }]);
  assert.deepEqual(results.slice(3, 5), [
    { path: "/session/get", sent: { public_token: "public" } },
    { path: "/user/get", sent: { user_id: "usr_1" } },
  ]);
  const reason = "it comes after the control `link/complete`";
  assert.deepEqual(results.slice(5), [reason, reason]);

  // It may be refused, and then nothing took the place of the control.
  const refused = await replayed(calls, answer, {}, async () => ({ status: 400, response: {} }));
  assert.deepEqual(refused.slice(3, 5), ["it needs a value of the control `link/complete`", reason]);
});

test("more than a login in Link has nothing in its place", () => {
  const [token, entered] = [{ products: ["auth"] }, { link_token: "link", accounts: ["0000"] }];
  assert.ok(withoutLink(token, entered));
  assert.equal(withoutLink({ ...token, access_token: "access" }, entered), undefined);
  assert.equal(withoutLink({}, entered), undefined);
  assert.equal(withoutLink(token, { ...entered, numbers: {} }), undefined);
});

test("a control of the whole tenant ends the replay, and one of webhooks does not", async () => {
  const receiver = ["http://127.0.0.1:0/x", "http://127.0.0.1:1/x"];
  const calls = [
    ["/_plaid/dashboard/webhook", { url: receiver }, {}],
    ["/_plaid/webhooks/rotate_key", {}, {}],
    ["/user/create", {}, {}],
    ["/_plaid/clock/advance", { seconds: 1 }, {}],
    ["/user/create", {}, {}],
  ];
  const results = await replayed(calls);
  assert.deepEqual(results.slice(2), [
    { path: "/user/create", sent: {} },
    undefined,
    "it comes after the control `clock/advance`",
  ]);
});

test("files and pages are not replayed", async () => {
  const calls = [
    ["/user/create", { file: "multipart/form-data" }, {}],
    ["/link/page", null, "<html>"],
  ];
  assert.deepEqual(await replayed(calls), ["it sends a file", "it is a page for people"]);
});

test("a call that the emulator refuses changes nothing", async () => {
  const calls = [
    ["/user/create", {}, { user_id: made("user") }],
    ["/session/get", { user_id: made("user"), session: made("session") }, {}, 400],
    ["/user/get", { user_id: made("user") }, {}],
  ];
  const results = await replayed(calls, () => ({ user_id: "usr_1" }));
  assert.deepEqual(results[2], { path: "/user/get", sent: { user_id: "usr_1" } });
});

test("ids of a team have to be set, unless nobody has them", async () => {
  const calls = [
    ["/user/create", { template_id: "idvtmp_1", institution_id: "ins_1" }, {}],
    ["/user/create", { template_id: "unknown" }, {}, 400],
  ];
  const sent = { template_id: "mine", institution_id: "ins_1" };
  assert.deepEqual((await replayed(calls, undefined, { team: { idvtmp_1: "mine" } }))[0].sent, sent);
  assert.deepEqual((await replayed(calls))[0].sent, { ...sent, template_id: "idvtmp_1" });
  const [reason, unknown] = await replayed(calls, undefined, { team: {} });
  assert.equal(reason, "`template_id` is an id of the emulator; --team sets one of yours");
  assert.deepEqual(unknown.sent, { template_id: "unknown" });
});

test("two recordings have to ask for the same", () => {
  const [one, two] = [0, 1].map((index) => recording([["/user/get", { user_id: made("user") }, {}]], index));
  for (const change of [{ path: "/user/create" }, { request: {} }, { request: { user: "x" } }]) {
    const other = { ...two, entries: [{ ...two.entries[0], ...change }] };
    assert.throws(() => plan(one, other, catalogue), /asks for other things in a second run/);
  }
  assert.throws(() => plan(one, { ...two, entries: [] }, catalogue), /asks for other things/);
});
