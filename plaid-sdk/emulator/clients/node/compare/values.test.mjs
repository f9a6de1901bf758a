import assert from "node:assert/strict";
import { test } from "node:test";

import { shifted } from "./values.mjs";

const THEN = Date.parse("2026-11-30T12:00:00Z");
const NOW = Date.parse("2027-03-10T08:00:00Z");

test("dates stay as far from the present as they were", () => {
  assert.equal(shifted("2026-11-30", THEN, NOW), "2027-03-10");
  assert.equal(shifted("2026-10-01", THEN, NOW), "2027-01-09");
  assert.equal(shifted("2026-12-01T09:30:00-08:00", THEN, NOW), "2027-03-11T09:30:00-08:00");
  assert.equal(
    shifted('{"transactions":[{"date_posted":"2026-11-02"}]}', THEN, NOW),
    '{"transactions":[{"date_posted":"2027-02-10"}]}',
  );
});

test("births, ids and what only looks like a date stay", () => {
  for (const text of [
    "1975-01-18",
    "2022-11-14T07:00:00-08:00",
    "2026-13-45",
    "a2026-11-300",
    "0f2bbb5e-4a3c-4f3f-9a3e-6d9a70f1a001",
  ]) {
    assert.equal(shifted(text, THEN, NOW), text);
  }
});
