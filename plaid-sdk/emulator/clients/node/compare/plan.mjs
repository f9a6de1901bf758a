// What to ask another Plaid so that a scenario happens there too.
//
// A scenario is recorded twice, at emulators whose ids differ. So a value that differs is one that the emulator made, and all
// others are constants of the scenario. A value comes from the places in earlier responses that have it in both recordings.

import { at, pointer, scalars } from "./json.mjs";

/** Ids that no request makes: a team finds them in Plaid's dashboard, or they name another client. */
const TEAM = /(^|_)(template|program|ledger)_id$|._client_id$/;

/** Names that a client may use once. */
const UNIQUE = new Set([
  ...["client_user_id", "idempotency_key", "client_transaction_id", "notificationId"],
  ...["application_id", "application_name", "loan_id"],
]);

/** Properties that name something. The emulator has some of these ids in each tenant, and counts events from one. */
const NAMING = /(^id|_id|_ids|cursor)$/;

/** A shorter beginning of a value is no sign that it comes from there. */
const SHORTEST = 8;

/** The plan of a scenario, from two recordings of it. */
export function plan(first, second, catalogue) {
  const origins = new Origins(first, second);
  const unlike = new Error(`the scenario ${first.name} asks for other things in a second run`);
  if (first.entries.length !== second.entries.length) throw unlike;
  const steps = first.entries.map((entry, index) => {
    const other = second.entries[index];
    const [own, others] = [entry, other].map(({ method, path }) => catalogue.match(method, path));
    const sent = { path: own?.parameters ?? {}, body: entry.request };
    const again = { path: others?.parameters ?? {}, body: other.request };
    const values = [...scalars(sent)];
    if (own?.name !== others?.name || values.length !== [...scalars(again)].length) throw unlike;
    const parts = new Map();
    for (const { path, value } of values) {
      const same = at(again, path);
      if (same === undefined) throw unlike;
      parts.set(pointer(path), origins.of(value, same, path));
    }
    origins.add(index, entry.response, other.response);
    const control = entry.path.startsWith("/_plaid/") ? entry.path.slice("/_plaid/".length) : undefined;
    const named = {
      uses: uses(entry, parts, origins),
      unique: new Set([...parts.values()].filter((part) => part.isUnique).map((part) => part.value)),
      makes: makes(entry.response, origins),
    };
    return { ...entry, control, operation: own, sent, parts, ...named };
  });
  keepUnknown(steps);
  return { name: first.name, now: first.now, steps };
}

/** An id that only refused calls name is one that nobody has, and stays as it is. */
function keepUnknown(steps) {
  const ids = steps.flatMap(({ parts, status }) =>
    [...parts.values()].filter((part) => part.from === "team").map((part) => ({ part, isRefused: status >= 400 })),
  );
  const used = new Set(ids.filter(({ isRefused }) => !isRefused).map(({ part }) => part.value));
  for (const { part } of ids) if (!used.has(part.value)) part.from = "scenario";
}

/** The values of the emulator that a request names, in its body or in the path of a control. */
function uses(entry, parts, origins) {
  const inPath = entry.path
    .split("/")
    .map(decodeURIComponent)
    .filter((part) => origins.isMade(part));
  const inBody = [...parts.values()].filter((part) => part.isMade).map((part) => part.value);
  return new Set([...inPath, ...inBody]);
}

/** The values of the emulator in a response. */
function makes(response, origins) {
  return new Set([...scalars(response)].map(({ value }) => value).filter((value) => origins.isMade(value)));
}

/** Tells where the values of a scenario's requests come from. */
class Origins {
  #first;
  #second;
  /** The places with a pair of values. */
  #places = new Map();
  /** The values that differ in the recordings. */
  #made = new Set();
  /** What a request had before any response. */
  #constants = new Set();
  #unique = new Set();

  constructor(first, second) {
    this.#first = first;
    this.#second = second;
  }

  /** Adds the values of a response. */
  add(step, first, second) {
    for (const { path, value } of scalars(first)) {
      const other = at(second, path);
      const key = JSON.stringify([value, other]);
      if (!this.#places.has(key)) this.#places.set(key, []);
      this.#places.get(key).push({ step, path });
      if (value !== other) this.#made.add(value);
    }
  }

  /** Whether the emulator made a value. */
  isMade(value) {
    return this.#made.has(value);
  }

  /** Where a value comes from that is sent at a path, and that is another one in the second recording. */
  of(value, other, path) {
    const name = property(path);
    if (typeof value === "string" && value.startsWith(this.#first.receiver)) return { from: "receiver" };
    if (value === this.#first.clientId && other === this.#second.clientId) return { from: "client id" };
    if (value === this.#first.secret) return { from: "secret" };
    if (value !== other) {
      const places = this.#find(value, other, name);
      if (places.length > 0) return { from: "response", places, value, isMade: true };
      return this.#beginning(value, other) ?? { from: "nowhere" };
    }
    if (UNIQUE.has(name) && (this.#unique.has(value) || this.#find(value, other, name).length === 0)) {
      this.#unique.add(value);
      return { from: "scenario", isUnique: true, value };
    }
    if (NAMING.test(name) && !this.#constants.has(value)) {
      const places = this.#find(value, other, name).filter((place) => NAMING.test(property(place.path)));
      if (places.length > 0) return { from: "response", places, value, isMade: false };
    }
    this.#constants.add(value);
    if (typeof value === "string" && TEAM.test(name)) return { from: "team", name, value };
    return { from: "scenario", isUnique: false, value };
  }

  /** The places with a value: first where it was made, and of one response those outside of lists and of the same name. */
  #find(value, other, name) {
    const places = this.#places.get(JSON.stringify([value, other])) ?? [];
    const depth = ({ path }) => path.filter((step) => typeof step === "number").length;
    const isOther = ({ path }) => Number(property(path) !== name);
    return places.toSorted((one, two) => one.step - two.step || depth(one) - depth(two) || isOther(one) - isOther(two));
  }

  /** Where a value comes from that is the beginning of a longer one. */
  #beginning(value, other) {
    if (typeof value !== "string" || typeof other !== "string" || value.length < SHORTEST) return undefined;
    for (const [key, places] of this.#places) {
      const [one, two] = JSON.parse(key);
      const isLonger = typeof one === "string" && typeof two === "string";
      if (isLonger && one.startsWith(value) && two.startsWith(other)) {
        return { from: "response", places, value: one, length: value.length, isMade: true };
      }
    }
    return undefined;
  }
}

/** The name of the property that a path leads to, without the indexes of lists. */
function property(path) {
  return path.findLast((step) => typeof step === "string") ?? "";
}
