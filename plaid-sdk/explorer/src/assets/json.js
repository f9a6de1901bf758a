// @ts-check
/** JSON text and its values, with the digits of numbers. */

/** A number, as it is written. */
export class Digits {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** Text that is written as it is, although it may not be JSON. */
export class Raw {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** @typedef {null | boolean | string | Digits | Raw | Value[] | Map<string, Value>} Value */

/** A text that is not JSON. */
export class NotJson extends Error {
  /** @param {number} offset @param {string} expected */
  constructor(offset, expected) {
    super(`expected ${expected}`);
    this.offset = offset;
  }
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const WORD = /true|false|null/y;
const DEPTH = 128;

/** @param {string} text */
export function isNumber(text) {
  NUMBER.lastIndex = 0;
  return NUMBER.test(text) && NUMBER.lastIndex === text.length;
}

/**
 * Reads JSON text. Of a property that is there twice, the last value counts.
 * @param {string} text
 * @returns {Value}
 */
export function parse(text) {
  let at = 0;
  /** @param {RegExp} kind */
  const take = (kind) => {
    kind.lastIndex = at;
    const found = kind.exec(text);
    if (found) at = kind.lastIndex;
    return found?.[0];
  };
  const space = () => take(SPACE);
  /** @param {string} sign */
  const sign = (sign) => {
    space();
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  };
  const string = () => {
    const found = take(STRING);
    if (found === undefined) throw new NotJson(at, 'a string');
    return /** @type {string} */ (found.includes('\\') ? JSON.parse(found) : found.slice(1, -1));
  };
  /** @param {number} depth @returns {Value} */
  const value = (depth) => {
    space();
    if (depth > DEPTH) throw new NotJson(at, `at most ${DEPTH} levels`);
    switch (text[at]) {
      case '{': {
        at += 1;
        const all = new Map();
        if (sign('}')) return all;
        do {
          space();
          const name = string();
          if (!sign(':')) throw new NotJson(at, '`:`');
          all.set(name, value(depth + 1));
        } while (sign(','));
        if (!sign('}')) throw new NotJson(at, '`,` or `}`');
        return all;
      }
      case '[': {
        at += 1;
        /** @type {Value[]} */
        const all = [];
        if (sign(']')) return all;
        do all.push(value(depth + 1));
        while (sign(','));
        if (!sign(']')) throw new NotJson(at, '`,` or `]`');
        return all;
      }
      case '"':
        return string();
      default: {
        const word = take(WORD);
        if (word !== undefined) return word === 'null' ? null : word === 'true';
        const digits = take(NUMBER);
        if (digits === undefined) throw new NotJson(at, 'a value');
        return new Digits(digits);
      }
    }
  };
  const read = value(0);
  space();
  if (at < text.length) throw new NotJson(at, 'the end');
  return read;
}

/**
 * Writes a value, with a line for each member.
 * @param {Value} value
 * @param {string} [indent]
 * @returns {string}
 */
export function write(value, indent = '') {
  if (value instanceof Digits || value instanceof Raw) return value.text;
  const inner = `${indent}  `;
  /** @param {string[]} all @param {string} open @param {string} close */
  const members = (all, open, close) =>
    all.length ? `${open}\n${inner}${all.join(`,\n${inner}`)}\n${indent}${close}` : open + close;
  if (Array.isArray(value))
    return members(
      value.map((one) => write(one, inner)),
      '[',
      ']',
    );
  if (value instanceof Map) {
    return members(
      [...value].map(([name, one]) => `${JSON.stringify(name)}: ${write(one, inner)}`),
      '{',
      '}',
    );
  }
  return JSON.stringify(value);
}
