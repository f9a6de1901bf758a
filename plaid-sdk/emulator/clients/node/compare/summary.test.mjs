import assert from "node:assert/strict";
import { test } from "node:test";

import { Summary } from "./summary.mjs";

const call = (name, differences) => ({ step: { operation: { name } }, differences });
const difference = (pointer, kind, emulator, other) => ({ pointer, kind, emulator, other });

function example() {
  const summary = new Summary();
  const missing = difference("/id", "missing property", "string", "missing");
  const status = difference("", "status", "200", "400 INVALID_FIELD");
  const counts = summary.add("one", [
    call("/b/get", [missing]),
    call("/b/get", []),
    { step: { control: "clock/advance" } },
    { step: { operation: { name: "/c/get" } }, skipped: "it comes after a | control" },
  ]);
  assert.deepEqual(counts, { compared: 2, different: 1, skipped: 1 });
  summary.add("two", [call("/b/get", [missing]), call("/a/get", [status])]);
  summary.add("three", [call("/d/get", [difference("/rows/*/id", "varying", "string", "null or string")])]);
  return summary;
}

test("a difference is shown once, with its scenarios", () => {
  const summary = example();
  assert.ok(summary.isDifferent);
  assert.equal(
    summary.text(),
    [
      "not replayed:",
      "  one: it comes after a | control: /c/get",
      "differences:",
      "  /a/get: status: the emulator has 200, the other has 400 INVALID_FIELD [two]",
      "  /b/get /id: missing property: the emulator has string, the other has missing [one, two]",
      "summary:",
      "  compared: 3 operations in 5 calls",
      "  equal: 1",
      "  different: 2",
      "  not replayed: 1 calls; 1 operations were compared nowhere",
    ].join("\n"),
  );
});

test("Markdown has tables", () => {
  const lines = example().markdown("https://plaid.example").split("\n");
  for (const line of [
    "# The emulator beside https://plaid.example",
    "| /a/get | the response | status | 200 | 400 INVALID_FIELD | two |",
    "| /b/get | /id | missing property | string | missing | one, two |",
    "| /d/get | /rows/*/id | varying | string | null or string | three |",
    "The scenarios use 1 controls, which only the emulator has.",
    "| one | it comes after a \\| control | /c/get |",
  ]) {
    assert.ok(lines.includes(line), line);
  }
});

test("what varies is no difference", () => {
  const summary = new Summary();
  summary.add("one", [call("/a/get", [difference("/rows/*/id", "varying", "string", "null or string")])]);
  assert.ok(!summary.isDifferent);
  assert.deepEqual(summary.counts, {
    compared: 1,
    equal: 1,
    different: 0,
    notReplayed: 0,
    calls: 1,
    callsNotReplayed: 0,
  });
});

test("keys and tokens are not shown", () => {
  const summary = new Summary();
  summary.hide("key-of-the-client", "the-secret");
  const pointer = "/access-sandbox-01234567-89ab/the-secret";
  summary.add("one", [call("/a/get", [difference(pointer, "type", "string", "key-of-the-client")])]);
  for (const text of [summary.text(), summary.markdown("x")]) {
    assert.ok(text.includes("/…/…"), text);
    assert.ok(!/01234567|the-secret|key-of-the-client/.test(text), text);
  }
});
