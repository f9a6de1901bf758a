// @ts-check
/**
 * The form as a value: reads it, and fills it in. An element with `data-t` is a value. Its `data-mode` says that it is
 * `null`, `empty` (an empty string, list or object), or `raw` JSON. Without one it is what its control says,
 * or absent.
 */
import { child, children, el } from './dom.js';
import { Digits, Raw, isNumber, write } from './json.js';

/** @typedef {import('./json.js').Value} Value */
/** @typedef {'null' | 'empty' | 'raw'} Mode */

let clones = 0;

/** @param {Element} node @returns {HTMLInputElement | null} */
export const control = (node) => /** @type {HTMLInputElement | null} */ (child(node, '.v'));

/** @param {Element} node */
const rawText = (node) => /** @type {HTMLTextAreaElement | null} */ (child(node, '.raw'));

/** The elements of a list or map. @param {Element} node */
export function items(node) {
  const list = child(node, '.elements');
  return list ? children(list, '.item:not(.proto)') : [];
}

/** The properties of an object. @param {Element} node */
export function properties(node) {
  const group = child(node, '.group');
  return group ? children(group, '.f') : [];
}

/** @param {HTMLElement} node @returns {Value} */
function emptyOf(node) {
  const kind = node.dataset.t;
  if (kind === 'list') return [];
  return kind === 'object' || kind === 'map' ? new Map() : '';
}

/**
 * The value of an element; `undefined` if it is absent. Marks what is set.
 * @param {HTMLElement} node
 * @param {boolean} [shared] Leaves out what must not be in an address.
 * @returns {Value | undefined}
 */
export function read(node, shared = false) {
  const value = shared && 'secret' in node.dataset ? undefined : readMode(node, shared);
  if (!shared) {
    const isSet = value !== undefined;
    if (node.dataset.mode === 'empty' && value instanceof Map && value.size) setMode(node, undefined);
    if (isSet !== node.hasAttribute('data-set')) node.toggleAttribute('data-set', isSet);
    if (isSet && !('shown' in node.dataset)) node.dataset.shown = '';
  }
  return value;
}

/** @param {HTMLElement} node @param {boolean} shared @returns {Value | undefined} */
function readMode(node, shared) {
  switch (node.dataset.mode) {
    case 'null':
      return null;
    case 'empty':
      if (node.dataset.t !== 'object') return emptyOf(node);
      // An object whose properties are written is no longer empty.
      break;
    case 'raw': {
      const text = rawText(node)?.value.trim();
      return text ? new Raw(text) : undefined;
    }
  }
  const text = control(node)?.value ?? '';
  switch (node.dataset.t) {
    case 'object': {
      /** @type {Map<string, Value>} */
      const all = new Map();
      for (const one of properties(node)) {
        const value = read(one, shared);
        // A property that a person adds has no name at first.
        if (value !== undefined && one.dataset.n !== undefined) all.set(one.dataset.n, value);
      }
      return all.size || node.dataset.mode === 'empty' ? all : undefined;
    }
    case 'list': {
      const all = items(node)
        .map((one) => read(one, shared))
        .filter((one) => one !== undefined);
      return all.length ? all : undefined;
    }
    case 'map': {
      /** @type {Map<string, Value>} */
      const all = new Map();
      for (const one of items(node)) {
        const value = read(one, shared);
        const key = /** @type {HTMLInputElement | null} */ (child(one, '.key'))?.value;
        if (value !== undefined && key) all.set(key, value);
      }
      return all.size ? all : undefined;
    }
    case 'number': {
      const digits = text.trim();
      return digits === '' ? undefined : isNumber(digits) ? new Digits(digits) : text;
    }
    case 'bool':
      return text === '' ? undefined : text === 'true';
    case 'json':
      return text.trim() === '' ? undefined : new Raw(text.trim());
    default:
      return text === '' ? undefined : text;
  }
}

/**
 * Fills an element in. What does not fit its control is written as JSON.
 * @param {HTMLElement} node
 * @param {Value | undefined} value
 */
export function fill(node, value) {
  clear(node);
  if (value === undefined) return;
  if ('t' in node.dataset && node.dataset.t === 'object') open(node);
  if (value === null) return setMode(node, 'null');
  if (put(node, value)) return;
  setMode(node, 'raw', write(value));
}

/** @param {HTMLElement} node @param {Value} value @returns {boolean} Whether it fits. */
function put(node, value) {
  const input = control(node);
  switch (node.dataset.t) {
    case 'object':
      if (!(value instanceof Map)) return false;
      // The body itself is an object in any case.
      if (!value.size && around(node)) setMode(node, 'empty');
      for (const one of properties(node))
        if (one.dataset.n !== undefined && value.has(one.dataset.n)) fill(one, value.get(one.dataset.n));
      for (const [name, one] of value) {
        if (!properties(node).some((known) => known.dataset.n === name)) fill(addProperty(node, name), one);
      }
      return true;
    case 'list':
      if (!Array.isArray(value)) return false;
      if (!value.length) setMode(node, 'empty');
      for (const one of value) fill(addItem(node), one);
      return true;
    case 'map':
      if (!(value instanceof Map) || value.has('')) return false;
      if (!value.size) setMode(node, 'empty');
      for (const [key, one] of value) {
        const item = addItem(node);
        const name = /** @type {HTMLInputElement | null} */ (child(item, '.key'));
        if (name) name.value = key;
        fill(item, one);
      }
      return true;
    case 'number': {
      // A person may have mistyped a number. A string of digits is written as JSON, so that it stays a string.
      const isMistyped = typeof value === 'string' && value.trim() !== '' && !isNumber(value.trim());
      if (!input || !(value instanceof Digits || isMistyped)) return false;
      const text = value instanceof Digits ? value.text : String(value);
      input.value = text;
      return input.value === text;
    }
    case 'bool':
      if (!input || typeof value !== 'boolean') return false;
      input.value = String(value);
      return true;
    case 'json':
      if (!input) return false;
      input.value = write(value);
      return true;
    default:
      if (!input || typeof value !== 'string') return false;
      if (value === '') setMode(node, 'empty');
      else input.value = value;
      // A control of one line drops line breaks.
      return input.value === value;
  }
}

/** Makes an element absent. @param {HTMLElement} node */
export function clear(node) {
  setMode(node, undefined);
  const input = control(node);
  if (input) input.value = '';
  for (const one of items(node)) one.remove();
  for (const one of properties(node)) {
    if ('extra' in one.dataset) one.remove();
    else clear(one);
  }
  if (!('req' in node.dataset)) delete node.dataset.open;
  node.removeAttribute('data-set');
  node.removeAttribute('data-shown');
}

/** Shows the properties of an object. @param {HTMLElement} node */
export function open(node) {
  node.dataset.open = '';
  node.dataset.shown = '';
}

/**
 * @param {HTMLElement} node
 * @param {Mode | undefined} mode
 * @param {string} [text] The JSON of `raw`.
 */
export function setMode(node, mode, text = '') {
  if (mode === undefined && node.dataset.mode === undefined) return;
  child(node, '.chip')?.remove();
  rawText(node)?.remove();
  delete node.dataset.mode;
  if (mode === undefined) return;
  node.dataset.mode = mode;
  const name = nameOf(node);
  const before = child(node, '.more');
  if (mode === 'raw') {
    const area = /** @type {HTMLTextAreaElement} */ (
      el('textarea', { class: 'raw code', rows: 3, spellcheck: 'false', 'aria-label': `${name} as JSON` })
    );
    area.value = text;
    node.insertBefore(area, before);
    return;
  }
  const shown = mode === 'null' ? 'null' : write(emptyOf(node));
  const remove = el(
    'button',
    { type: 'button', 'data-act': 'unset', 'aria-label': `Don't send ${shown} for ${name}` },
    '×',
  );
  node.insertBefore(el('span', { class: 'chip' }, el('code', {}, shown), remove), before);
}

/** Adds an element to a list or map. @param {Element} node @param {Element | null} [before] */
export function addItem(node, before = null) {
  const list = /** @type {HTMLElement} */ (child(node, '.elements'));
  const proto = /** @type {HTMLElement} */ (child(list, '.proto'));
  const made = /** @type {HTMLElement} */ (proto.cloneNode(true));
  made.classList.remove('proto');
  clones += 1;
  /** @type {Map<string, string>} */
  const ids = new Map();
  for (const one of made.querySelectorAll('[id]')) {
    ids.set(one.id, `${one.id}~${clones}`);
    one.id = `${one.id}~${clones}`;
  }
  for (const attribute of ['for', 'aria-describedby', 'aria-labelledby']) {
    for (const one of made.querySelectorAll(`[${attribute}]`)) {
      const changed = ids.get(one.getAttribute(attribute) ?? '');
      if (changed) one.setAttribute(attribute, changed);
    }
  }
  if (node instanceof HTMLElement && node.dataset.mode) setMode(node, undefined);
  list.insertBefore(made, before ?? child(list, '[data-act=add]'));
  return made;
}

/**
 * Adds a property that the form does not know, as JSON. Without a name, a person enters it.
 * @param {HTMLElement} node
 * @param {string | null} name
 */
export function addProperty(node, name) {
  const group = /** @type {HTMLElement} */ (child(node, '.group'));
  clones += 1;
  const id = `x~${clones}`;
  const about = el('span', { class: 't' }, 'not documented, as JSON');
  const made = el(
    'div',
    { class: 'f', 'data-n': name, 'data-t': 'json', 'data-extra': '', 'data-shown': '' },
    name !== null
      ? el('label', { class: 'n', for: id }, name || '""', about)
      : el('input', {
          class: 'key',
          placeholder: 'name',
          'aria-label': 'Name of the property',
          spellcheck: 'false',
          autocapitalize: 'off',
          input: rename,
        }),
    el('textarea', {
      class: 'v code',
      id,
      rows: 2,
      spellcheck: 'false',
      'aria-label': name || 'Value of the property',
    }),
    el('button', {
      class: 'more',
      type: 'button',
      'data-act': 'menu',
      'aria-haspopup': 'menu',
      'aria-label': `More about ${name || 'the property'}`,
    }),
  );
  group.insertBefore(made, child(group, '.rest'));
  return made;
}

/** @param {Event} event */
function rename(event) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const node = /** @type {HTMLElement} */ (input.closest('.f'));
  if (input.value) node.dataset.n = input.value;
  else delete node.dataset.n;
}

/** The name of a value for people. @param {Element} node */
export function nameOf(node) {
  const named = /** @type {HTMLElement | null} */ (node.closest('[data-n]'));
  return named?.dataset.n ?? 'the body';
}

/** The value around another one. @param {Element} node */
export const around = (node) => /** @type {HTMLElement | null} */ (node.parentElement?.closest('[data-t]') ?? null);

/** The dotted path of a property, without places in lists: its address on the page. @param {Element} node */
export function address(node) {
  /** @type {string[]} */
  const names = [];
  for (let one = /** @type {Element | null} */ (node); one; one = around(one)) {
    const name = one instanceof HTMLElement ? one.dataset.n : undefined;
    if (name) names.unshift(name);
  }
  return names.join('.');
}

/**
 * The element at a path as checks write it: `accounts[2].id`, `metadata["a b"]`. The nearest that is there.
 * @param {HTMLElement} root
 * @param {string} path
 */
export function at(root, path) {
  let node = root;
  for (const [, name, index, quoted] of path.matchAll(/([^.[\]]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")…?\]/g)) {
    /** @type {HTMLElement | undefined} */
    let next;
    if (node.dataset.mode === 'raw') break;
    if (index !== undefined && !quoted) {
      next = items(node).filter((one) => one.hasAttribute('data-set'))[Number(index)];
    } else {
      const key = quoted ? JSON.parse(quoted) : name;
      next =
        node.dataset.t === 'map'
          ? items(node).find((one) => /** @type {HTMLInputElement | null} */ (child(one, '.key'))?.value === key)
          : properties(node).find((one) => one.dataset.n === key);
    }
    if (!next) break;
    node = next;
  }
  return node;
}

/** Shows an element: opens what is around it. @param {Element} node */
export function reveal(node) {
  for (let one = /** @type {HTMLElement | null} */ (node.closest('[data-t]')); one; one = around(one)) {
    one.dataset.shown = '';
    if (one.dataset.t === 'object') one.dataset.open = '';
  }
}

/**
 * The element of an address, `accounts.balance`. A list on the way gets an element if it has none.
 * @param {HTMLElement[]} roots
 * @param {string} path
 */
export function find(roots, path) {
  /** @param {HTMLElement} node @param {string[]} names @returns {HTMLElement | null} */
  const below = (node, names) => {
    if (!names.length) return node;
    let object = node;
    while (object.dataset.t === 'list' || object.dataset.t === 'map') object = items(object)[0] ?? addItem(object);
    const next = properties(object).find((one) => one.dataset.n === names[0]);
    return next ? below(next, names.slice(1)) : null;
  };
  for (const root of roots) {
    const found = below(root, path.split('.'));
    if (found && found !== root) return found;
  }
  return null;
}
