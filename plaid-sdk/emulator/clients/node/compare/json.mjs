// JSON values by pointer.

/** All strings, numbers and booleans in a value, each with the names and indexes that lead to it. */
export function* scalars(value, path = []) {
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) yield* scalars(element, [...path, index]);
  } else if (value !== null && typeof value === "object") {
    for (const [name, member] of Object.entries(value)) yield* scalars(member, [...path, name]);
  } else if (value !== null && value !== undefined) {
    yield { path, value };
  }
}

/** The value at a path, or `undefined`. */
export function at(value, path) {
  return path.reduce((inner, step) => inner?.[step], value);
}

/** A copy in which `change` has replaced all strings, numbers and booleans. It is called with each, and with its path. */
export function mapped(value, change, path = []) {
  if (Array.isArray(value)) return value.map((element, index) => mapped(element, change, [...path, index]));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, mapped(member, change, [...path, name])]),
    );
  }
  return value === null ? null : change(value, path);
}

/** A path as a JSON pointer. */
export function pointer(path) {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
