// @ts-check
/** What people do in the form: buttons, keys, menus of values. */
import * as choose from './choose.js';
import { byId, child, children, copy } from './dom.js';
import * as fields from './fields.js';
import { write } from './json.js';
import * as menu from './menu.js';
import { choices } from './shelf.js';

const form = /** @type {HTMLFormElement} */ (byId('form'));

/** @param {Element | null} element */
const focus = (element) => /** @type {HTMLElement | null} */ (element)?.focus();

/** The first place in an element where a person writes. @param {Element} node */
function enter(node) {
  focus(node.querySelector('.key') ?? node.querySelector('.v, .raw, .chip button, [data-act=add], [data-act=open]'));
}

/**
 * Sets the form up.
 * @param {() => void} changed Called after each change.
 */
export function start(changed) {
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('click', (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-act]'));
    const node = /** @type {HTMLElement | null} */ (button?.closest('[data-t]'));
    if (button && node) act(button, node, changed);
  });
  form.addEventListener('input', (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (input.dataset.act === 'find') return narrow(input);
    if (input.matches('input.v')) suggest(input, false);
    changed();
  });
  form.addEventListener('focusin', (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (input.matches('input.v')) suggest(input, true);
  });
  form.addEventListener('focusout', () => choose.close());
  form.addEventListener('keydown', (event) => {
    if (choose.key(event) || keys(event, changed)) event.preventDefault();
  });
  for (const area of form.querySelectorAll('[data-file]')) file(/** @type {HTMLTextAreaElement} */ (area), changed);
}

/** @param {HTMLInputElement} input @param {boolean} all */
function suggest(input, all) {
  const node = input.closest('[data-t]');
  if (node) choose.open(input, choices(node), all);
}

/** @param {HTMLElement} button @param {HTMLElement} node @param {() => void} changed */
function act(button, node, changed) {
  switch (button.dataset.act) {
    case 'add':
      enter(fields.addItem(node));
      return changed();
    case 'open':
      fields.open(node);
      enter(child(node, '.group') ?? node);
      return;
    case 'all': {
      const group = /** @type {HTMLElement} */ (button.closest('.group'));
      const all = group.toggleAttribute('data-all');
      button.setAttribute('aria-expanded', String(all));
      return;
    }
    case 'unset':
      fields.setMode(node, undefined);
      enter(node);
      return changed();
    case 'menu':
      return menu.open(button, entries(node, changed));
  }
}

/** What can be done with a value. @param {HTMLElement} node @param {() => void} changed @returns {menu.Entry[]} */
function entries(node, changed) {
  const { t: kind = '', mode } = node.dataset;
  const after = () => {
    changed();
    enter(node);
  };
  /** @type {menu.Entry[]} */
  const all = choices(node)
    .slice(0, 8)
    .map(({ value, note }) => ({
      label: `Use ${value.length > 32 ? `${value.slice(0, 30)}…` : value}`,
      note,
      run: () => {
        const isList = kind === 'list';
        fields.fill(isList ? fields.addItem(node) : node, value);
        after();
      },
    }));
  if (all.length) all.push(null);
  /** @param {string} label @param {fields.Mode} to @param {string} [note] */
  const send = (label, to, note) =>
    all.push({
      label,
      note,
      run: () => {
        const value = fields.read(node);
        fields.setMode(node, to, to === 'raw' && value !== undefined ? write(value) : '');
        after();
      },
    });
  if (mode !== 'null') send('Send null', 'null', 'nullable' in node.dataset ? undefined : 'not declared nullable');
  const empty = { text: 'an empty string', list: 'an empty list', object: 'an empty object', map: 'an empty object' }[
    kind
  ];
  if (mode !== 'empty' && empty) send(`Send ${empty}`, 'empty');
  if (mode !== 'raw' && kind !== 'json') send('Write as JSON', 'raw');
  if (kind === 'object') {
    all.push({
      label: 'Add another property',
      run: () => {
        fields.open(node);
        enter(fields.addProperty(node, null));
      },
    });
  }
  if (node.hasAttribute('data-set') || mode) {
    all.push({
      label: 'Clear',
      run: () => {
        fields.clear(node);
        after();
      },
    });
  }
  if (node.matches('.item')) all.push(null, ...itemEntries(node, changed));
  if ('extra' in node.dataset)
    all.push({
      label: 'Remove',
      run: () => {
        node.remove();
        changed();
      },
    });
  all.push(null, {
    label: 'Copy link to it',
    run: () => copy(`${location.origin}${location.pathname}#${encodeURI(fields.address(node))}`, null),
  });
  return all;
}

/** @param {HTMLElement} item @param {() => void} changed @returns {menu.Entry[]} */
function itemEntries(item, changed) {
  const owner = /** @type {HTMLElement} */ (fields.around(item));
  return [
    {
      label: 'Duplicate',
      run: () => {
        const value = fields.read(item);
        const made = fields.addItem(owner, item.nextElementSibling);
        fields.fill(made, value);
        enter(made);
        changed();
      },
    },
    { label: 'Move up', note: 'Alt ↑', run: () => moveItem(item, -1, changed) },
    { label: 'Move down', note: 'Alt ↓', run: () => moveItem(item, 1, changed) },
    { label: 'Remove', run: () => removeItem(item, changed) },
  ];
}

/** @param {HTMLElement} item @param {number} by @param {() => void} changed */
function moveItem(item, by, changed) {
  const all = children(/** @type {HTMLElement} */ (item.parentElement), '.item:not(.proto)');
  const other = all[all.indexOf(item) + by];
  if (!other) return;
  const active = document.activeElement;
  if (by < 0) other.before(item);
  else other.after(item);
  focus(item.contains(active) ? active : child(item, '.more'));
  changed();
}

/** @param {HTMLElement} item @param {() => void} changed */
function removeItem(item, changed) {
  const next = item.previousElementSibling;
  const list = /** @type {HTMLElement} */ (item.parentElement);
  item.remove();
  if (next && !next.matches('.proto')) enter(next);
  else focus(child(list, '[data-act=add]'));
  changed();
}

/** Keys of lists: Enter adds an element, Backspace in an empty one removes it, Alt and an arrow move it. */
function keys(/** @type {KeyboardEvent} */ event, /** @type {() => void} */ changed) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const item = /** @type {HTMLElement | null} */ (input.closest('.item'));
  if (!item || event.ctrlKey || event.metaKey) return false;
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    moveItem(item, event.key === 'ArrowUp' ? -1 : 1, changed);
    return true;
  }
  if (!input.matches('input.v') || input.parentElement !== item) return false;
  const owner = /** @type {HTMLElement} */ (fields.around(item));
  if (event.key === 'Enter' && input.value) {
    enter(fields.addItem(owner, item.nextElementSibling));
    return true;
  }
  if (event.key === 'Backspace' && !input.value && !item.dataset.mode) {
    removeItem(item, changed);
    return true;
  }
  return false;
}

/** Shows the properties whose name, or one inside, has a text. @param {HTMLInputElement} input */
function narrow(input) {
  const text = input.value.trim().toLowerCase();
  /** @param {HTMLElement} group @param {boolean} isAll @returns {boolean} Whether something in it has the text. */
  const inside = (group, isAll) => {
    group.toggleAttribute('data-narrow', text !== '' && !isAll);
    let isFound = false;
    for (const one of children(group, '.f')) {
      const isNamed = fields.nameOf(one).toLowerCase().includes(text);
      const inner = one.querySelector('.group');
      const isInside = inner instanceof HTMLElement && inside(inner, isNamed);
      one.toggleAttribute('data-hit', text !== '' && (isNamed || isInside));
      isFound ||= isNamed || isInside;
    }
    return isFound;
  };
  inside(/** @type {HTMLElement} */ (input.closest('.group')), false);
}

/** Lets a person choose a file, whose bytes are put into the request as Base64. */
function file(/** @type {HTMLTextAreaElement} */ area, /** @type {() => void} */ changed) {
  const input = document.createElement('input');
  input.type = 'file';
  input.setAttribute('aria-label', `File for ${fields.nameOf(area)}`);
  input.addEventListener('change', () => {
    const chosen = input.files?.[0];
    if (!chosen) return;
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      area.value = String(reader.result).replace(/^[^,]*,/, '');
      changed();
    });
    reader.readAsDataURL(chosen);
  });
  area.after(input);
}
