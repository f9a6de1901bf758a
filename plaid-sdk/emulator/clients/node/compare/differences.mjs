// The differences between two responses of an operation.

import { shape } from "./shape.mjs";

/** Types that say that there is nothing. */
const NOTHING = new Set(["missing", "null", "empty list"]);

/** What may be printed of a value that the document does not know. */
const PLAIN = /^([A-Za-z0-9_ .:-]{1,40}|[A-Z_]{1,80})$/;

/**
 * The differences, each with its JSON pointer, its `kind`, and what each of the two has. `mayPass` says that the other may
 * only need more time.
 *
 * The elements of a list have one place together, which can have several types and values. Two places differ if they have
 * nothing in common. If they have something in common, what only one of them has depends on the data, and is `varying`.
 */
export function differences(emulator, other, types, catalogue) {
  if (emulator.status !== other.status) {
    return [{ pointer: "", kind: "status", emulator: outcome(emulator), other: outcome(other), mayPass: false }];
  }
  const files = [emulator, other].map(({ response }) => response?.file);
  if (files[0] !== undefined || files[1] !== undefined) {
    const [mine, others] = files.map((type) => type ?? "no file");
    return mine === others ? [] : [{ pointer: "", kind: "file", emulator: mine, other: others, mayPass: false }];
  }
  // The document describes the responses of calls that succeed.
  const described = emulator.status < 400 ? types : [];
  const [one, two] = [emulator, other].map(({ response }) => shape(response, described, catalogue));
  return [...compared(one, two)];
}

function* compared(one, two) {
  for (const pointer of new Set([...one.keys(), ...two.keys()])) {
    // Below a place that one of them lacks, there is nothing to compare.
    const parent = pointer.slice(0, pointer.lastIndexOf("/"));
    if (pointer !== "" && !(hasMembers(one.get(parent)) && hasMembers(two.get(parent)))) continue;
    const [mine, others] = [one.get(pointer) ?? ABSENT, two.get(pointer) ?? ABSENT];
    if (!isEqual(mine.types, others.types)) {
      const [emulator, other] = [words(mine.types), words(others.types)];
      const kind = overlap(mine.types, others.types) ? "varying" : typeKind(mine.types, others.types);
      yield { pointer, kind, emulator, other, mayPass: [...others.types].every((type) => NOTHING.has(type)) };
    }
    // Where one has no values, the types differ already.
    if (isEqual(mine.values, others.values) || mine.values.size === 0 || others.values.size === 0) continue;
    const [emulator, other] = [quoted(mine.values), quoted(others.values)];
    const isUnknown = others.known && [...others.values].some((value) => !others.known.has(value));
    const kind = isUnknown ? "unknown value" : overlap(mine.values, others.values) ? "varying" : "value";
    yield { pointer, kind, emulator, other, mayPass: !isUnknown && /status$/.test(pointer) };
  }
}

const ABSENT = { types: new Set(["missing"]), values: new Set(), known: undefined };

function hasMembers(place) {
  return place !== undefined && (place.types.has("object") || place.types.has("list"));
}

function overlap(some, others) {
  return [...some].some((one) => others.has(one));
}

function isEqual(some, others) {
  return some.size === others.size && [...some].every((one) => others.has(one));
}

function typeKind(types, others) {
  if (isEqual(others, ABSENT.types)) return "missing property";
  if (isEqual(types, ABSENT.types)) return "additional property";
  if (overlap(types, LISTS) && overlap(others, LISTS)) return "empty list";
  return [types, others].some((all) => all.has("null")) ? "null" : "type";
}

const LISTS = new Set(["list", "empty list"]);

function outcome({ status, response }) {
  if (status === 0) return "no response";
  const code = response?.error_code ?? response?.error;
  return typeof code === "string" ? `${status} ${plain(code)}` : String(status);
}

function plain(value) {
  return PLAIN.test(value) ? value : `a text of ${value.length} characters`;
}

function words(types) {
  return [...types].toSorted().join(" or ");
}

function quoted(values) {
  const all = [...values].toSorted();
  return all.map((value) => (PLAIN.test(value) ? `"${value}"` : plain(value))).join(", ");
}
