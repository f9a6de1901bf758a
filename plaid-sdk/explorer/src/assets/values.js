// @ts-check
/** JSON as a tree whose branches are made when they are opened. */
import { ask, el } from './dom.js';
import { Digits, Raw } from './json.js';

/** @typedef {import('./json.js').Value} Value */
/** @typedef {(button: HTMLElement, name: string, value: string, pointer: string) => void} Use */

/** How many members are shown at once. */
const PAGE = 100;

/** Whether a text is a handle: the token behind it stays in the gateway. @param {string} text */
export const isHandle = (text) => text.startsWith('handle:');

/**
 * A value with its name.
 * @param {string} name
 * @param {Value} value
 * @param {string} pointer Its place: `/accounts/2`.
 * @param {Use} use What a click on a value does.
 * @param {boolean} isOpen
 * @returns {HTMLElement}
 */
export function row(name, value, pointer, use, isOpen = false) {
  const label = name === '' ? null : el('span', { class: 'k-property' }, name);
  if (!(value instanceof Map) && !Array.isArray(value))
    return el('div', { class: 'leaf' }, label, leaf(name, value, pointer, use));
  const size = value instanceof Map ? value.size : value.length;
  const summary = el('summary', {}, label, el('span', { class: 'k-comment' }, ` ${hint(value, size)}`));
  if (!size)
    return el(
      'div',
      { class: 'leaf' },
      label,
      el('span', { class: 'k-comment' }, value instanceof Map ? ' {}' : ' []'),
    );
  const details = /** @type {HTMLDetailsElement} */ (el('details', {}, summary));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) more(details, [...members(value)], 0, pointer, use);
  });
  details.open = isOpen;
  if (isOpen) more(details, [...members(value)], 0, pointer, use);
  return details;
}

/** @param {Map<string, Value> | Value[]} value @returns {Iterable<[string, Value]>} */
const members = (value) => (value instanceof Map ? value.entries() : value.map((one, index) => [String(index), one]));

/** What is inside, in a few words. @param {Map<string, Value> | Value[]} value @param {number} size */
function hint(value, size) {
  if (Array.isArray(value)) return `[ ${size} ]`;
  const named = ['name', 'merchant_name', 'description', 'type', 'id']
    .map((name) => value.get(name))
    .find((one) => typeof one === 'string' && one);
  return typeof named === 'string' ? `{ ${named.slice(0, 40)} }` : `{ ${size} }`;
}

/**
 * @param {HTMLElement} details
 * @param {[string, Value][]} all
 * @param {number} from
 * @param {string} pointer
 * @param {Use} use
 */
function more(details, all, from, pointer, use) {
  const to = from + PAGE;
  const rows = all
    .slice(from, to)
    .map(([name, one]) => row(name, one, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, use));
  details.append(...rows);
  if (to >= all.length) return;
  const button = el(
    'button',
    {
      type: 'button',
      class: 'link',
      click: () => {
        button.remove();
        more(details, all, to, pointer, use);
      },
    },
    `Show ${Math.min(PAGE, all.length - to)} of ${all.length - to} more`,
  );
  details.append(button);
}

/** @param {string} name @param {Value} value @param {string} pointer @param {Use} use */
function leaf(name, value, pointer, use) {
  const text =
    typeof value === 'string' ? value : value instanceof Digits || value instanceof Raw ? value.text : String(value);
  const kind = typeof value === 'string' ? 'string' : 'literal';
  const shown = el(
    'button',
    {
      type: 'button',
      class: `value k-${kind}`,
      'aria-haspopup': 'menu',
      'aria-label': `${name}: ${text}`,
      click: () => use(shown, name, text, pointer),
    },
    typeof value === 'string' ? (isHandle(text) ? short(text) : JSON.stringify(text)) : text,
  );
  if (typeof value !== 'string' || !isHandle(text)) return shown;
  return el('span', {}, shown, secret(text));
}

/** A handle for people: `access_token ····k3f9`. @param {string} handle */
export function short(handle) {
  const [, kind = 'value'] = handle.split(':');
  return `${kind} ····${handle.slice(-4)}`;
}

/** A button that shows the token behind a handle, in this element only. @param {string} handle */
function secret(handle) {
  const button = el(
    'button',
    { type: 'button', class: 'reveal', 'aria-label': `Reveal ${short(handle)}`, click: toggle },
    'Reveal',
  );
  const place = el('span', {}, button);
  /** @type {HTMLElement | null} */
  let shown = null;
  async function toggle() {
    if (shown) {
      shown.remove();
      shown = null;
      button.textContent = 'Reveal';
      return;
    }
    try {
      const { value } = await ask('/-/reveal', { handle });
      shown = el('code', { class: 'revealed' }, value);
      button.textContent = 'Hide';
    } catch (error) {
      shown = el('span', { class: 'why' }, error instanceof Error ? error.message : String(error));
    }
    place.append(shown);
  }
  return place;
}
