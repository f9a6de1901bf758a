import assert from "node:assert/strict";
import { test } from "node:test";

import { Catalogue } from "./catalogue.mjs";
import { differences } from "./differences.mjs";

const catalogue = new Catalogue({
  paths: {
    "/thing/get": {
      post: {
        responses: { 200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } } },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        properties: {
          state: { anyOf: [{ $ref: "#/components/schemas/State" }, { type: "null" }] },
          rows: { type: "array", items: { $ref: "#/components/schemas/Thing" } },
          by_id: { additionalProperties: { $ref: "#/components/schemas/Thing" } },
        },
      },
      State: { enum: ["new", "old"] },
    },
  },
});
const { types } = catalogue.match("POST", "/thing/get");

/** The differences between two bodies as `pointer kind: emulator / other`. */
function between(emulator, other, status = 200) {
  const [one, two] = [emulator, other].map((response) => ({ status, response }));
  return differences(one, two, types, catalogue).map(
    (one) => `${one.pointer} ${one.kind}: ${one.emulator} / ${one.other}`,
  );
}

test("ids, texts and numbers are no differences", () => {
  assert.deepEqual(between({ id: "a", amount: 1, state: "new" }, { id: "b", amount: 2.5, state: "new" }), []);
});

test("a property, a type and null are differences", () => {
  assert.deepEqual(between({ id: "a", name: null }, { name: "x", more: true }), [
    "/id missing property: string / missing",
    "/name null: null / string",
    "/more additional property: missing / boolean",
  ]);
  assert.deepEqual(between({ amount: 1 }, { amount: "1" }), ["/amount type: number / string"]);
});

test("values of enums are compared, also those that the document lacks", () => {
  assert.deepEqual(between({ state: "new" }, { state: "old" }), ['/state value: "new" / "old"']);
  assert.deepEqual(between({ state: "new" }, { state: "other" }), ['/state unknown value: "new" / "other"']);
  assert.deepEqual(between({ state: "new" }, { state: null }), ["/state null: string / null"]);
  const secret = "access-sandbox-00000000-0000-0000-0000-000000000000";
  assert.deepEqual(between({ state: "new" }, { state: secret }), [
    '/state unknown value: "new" / a text of 51 characters',
  ]);
});

test("elements of a list differ if they have nothing in common", () => {
  const rows = (...all) => ({ rows: all.map((state) => ({ state })) });
  assert.deepEqual(between(rows("new", "old"), rows("old")), ['/rows/*/state varying: "new", "old" / "old"']);
  assert.deepEqual(between(rows("new", null), rows("new")), ["/rows/*/state varying: null or string / string"]);
  assert.deepEqual(between(rows("new"), rows("old", "old")), ['/rows/*/state value: "new" / "old"']);
  assert.deepEqual(between(rows("new", "old"), rows("new", "x")), [
    '/rows/*/state unknown value: "new", "old" / "new", "x"',
  ]);
  assert.deepEqual(between(rows("new"), rows()), ["/rows empty list: list / empty list"]);
});

test("members whose names are ids are compared as elements", () => {
  assert.deepEqual(between({ by_id: { a: { state: "new" } } }, { by_id: { b: { state: "new" } } }), []);
  assert.deepEqual(between({ by_id: { a: { state: "new" } } }, { by_id: { b: { state: "old" } } }), [
    '/by_id/*/state value: "new" / "old"',
  ]);
});

test("below what one of them lacks there are no further differences", () => {
  assert.deepEqual(between({ rows: [{ by_id: { a: {} } }], inner: { deep: 1 } }, { rows: null, inner: null }), [
    "/rows null: list / null",
    "/inner null: object / null",
  ]);
});

test("errors differ by status and codes", () => {
  const error = (code) => ({ error_type: "INVALID_REQUEST", error_code: code, error_message: code });
  assert.deepEqual(between(error("INVALID_FIELD"), error("INVALID_FIELD"), 400), []);
  assert.deepEqual(between(error("INVALID_FIELD"), error("UNKNOWN_FIELDS"), 400), [
    '/error_code value: "INVALID_FIELD" / "UNKNOWN_FIELDS"',
  ]);
  const [found] = differences(
    { status: 200, response: { id: "a" } },
    { status: 400, response: error("INVALID_FIELD") },
    types,
    catalogue,
  );
  assert.deepEqual([found.kind, found.emulator, found.other], ["status", "200", "400 INVALID_FIELD"]);
});

test("files are compared by their media type", () => {
  assert.deepEqual(between({ file: "application/pdf" }, { file: "application/pdf" }), []);
  assert.deepEqual(between({ file: "application/pdf" }, { file: "image/png" }), [" file: application/pdf / image/png"]);
  assert.deepEqual(between({ file: "application/pdf" }, {}), [" file: application/pdf / no file"]);
});
