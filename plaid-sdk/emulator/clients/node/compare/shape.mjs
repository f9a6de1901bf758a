// The shape of a response: what can be compared between two Plaids whose ids, dates, amounts and texts differ.

/** Properties whose strings are codes that the document does not list. */
const CODES = /\/error(_type|_code)?$/;

/**
 * The shape of a value: for each place the types that occur there, and the values if the place has an enum or a code. The
 * elements of a list have one place together, and so have the members of an object whose names are data.
 */
export function shape(value, types, catalogue) {
  const places = new Map();
  visit([value], "", types);
  return places;

  function visit(values, pointer, types) {
    const known = catalogue.values(types);
    const isCompared = known !== undefined || CODES.test(pointer);
    const texts = isCompared ? values.filter((one) => typeof one === "string") : [];
    places.set(pointer, { types: new Set(values.map(kind)), values: new Set(texts), known });

    const elements = values.filter(Array.isArray).flat();
    if (elements.length > 0) visit(elements, `${pointer}/*`, catalogue.element(types));

    const objects = values.filter((one) => kind(one) === "object");
    const names = new Set(objects.flatMap((object) => Object.keys(object)));
    if (catalogue.isMap(types)) {
      const members = objects.flatMap((object) => Object.values(object));
      const [name] = names;
      if (members.length > 0) visit(members, `${pointer}/*`, catalogue.member(types, name));
      return;
    }
    for (const name of names) {
      const step = name.replaceAll("~", "~0").replaceAll("/", "~1");
      // An object that lacks the property has `undefined`.
      const members = objects.map((object) => (Object.hasOwn(object, name) ? object[name] : undefined));
      visit(members, `${pointer}/${step}`, catalogue.member(types, name));
    }
  }
}

/** The type of a value. A list without elements has another one than a list with some. */
function kind(value) {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length > 0 ? "list" : "empty list";
  return typeof value;
}
