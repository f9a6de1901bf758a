// What the API's OpenAPI document says: its operations, and the types of their responses.

/** An operation that changes nothing, by its name. It can be called again, and what comes after it does not depend on it. */
const READ = /\/(get|get_by_id|list|sync|search|download|introspect)$/;

/** The document, read by path and property. */
export class Catalogue {
  #document;
  #operations = [];

  constructor(document) {
    this.#document = document;
    for (const [path, methods] of Object.entries(document.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const pattern = new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "([^/]+)")}$`);
      for (const [method, operation] of Object.entries(methods)) {
        this.#operations.push({ method: method.toUpperCase(), path, names, pattern, operation });
      }
    }
  }

  /** The operation that a request calls and the parameters in its path, or `undefined`. */
  match(method, path) {
    for (const one of this.#operations) {
      const found = one.method === method && one.pattern.exec(path);
      if (!found) continue;
      const parameters = Object.fromEntries(
        one.names.map((name, index) => [name, decodeURIComponent(found[index + 1])]),
      );
      return {
        name: one.path,
        isRead: method === "GET" || READ.test(one.path),
        parameters,
        types: this.#response(one.operation),
      };
    }
    return undefined;
  }

  #response({ responses }) {
    return this.#resolved([responses["200"]?.content?.["application/json"]?.schema]);
  }

  /** The types that a property of some types has. */
  member(types, name) {
    const members = types.map((type) => {
      if (type.properties && Object.hasOwn(type.properties, name)) return type.properties[name];
      return typeof type.additionalProperties === "object" ? type.additionalProperties : undefined;
    });
    return this.#resolved(members);
  }

  /** The types that the elements of a list have. */
  element(types) {
    return this.#resolved(types.map((type) => type.items));
  }

  /** Whether the names of the members are data, as in an object whose names are ids. */
  isMap(types) {
    const objects = types.filter((type) => type.properties || type.additionalProperties);
    return (
      objects.length > 0 && objects.every((type) => !type.properties && typeof type.additionalProperties === "object")
    );
  }

  /** The values that a string may have, or `undefined` if it may be any. */
  values(types) {
    const enums = types.filter((type) => type.enum);
    return enums.length > 0 ? new Set(enums.flatMap((type) => type.enum)) : undefined;
  }

  /** Types without references, and each alternative of a type by itself. */
  #resolved(types) {
    return types.filter(Boolean).flatMap((type) => {
      if (type.$ref) return this.#resolved([this.#target(type.$ref)]);
      const alternatives = [...(type.anyOf ?? []), ...(type.oneOf ?? []), ...(type.allOf ?? [])];
      const own = type.properties || type.items || type.enum || type.additionalProperties ? [type] : [];
      return [...own, ...this.#resolved(alternatives)];
    });
  }

  #target(reference) {
    return reference
      .replace(/^#\//, "")
      .split("/")
      .map((step) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce((value, step) => value[step], this.#document);
  }
}
