// @ts-check
/**
 * Suggestions below a text control: the known values of an enum, and values of earlier responses. Any other text
 * stays possible.
 */
import { byId, el } from './dom.js';
import { home, place, whenGone } from './menu.js';

/** @typedef {{ value: string, note: string }} Choice */

/** @type {{ input: HTMLInputElement, list: HTMLElement, choices: Choice[], at: number } | null} */
let shown = null;

/** The known values of an enum, as the page documents them. @param {HTMLInputElement} input @returns {Choice[]} */
function known(input) {
  const list = byId(input.dataset.values ?? '');
  return [...(list?.children ?? [])].map((one) => {
    const value = one.firstElementChild?.textContent ?? '';
    return { value, note: (one.textContent ?? '').slice(value.length).trim() };
  });
}

export function close() {
  if (!shown) return;
  shown.list.remove();
  shown.input.setAttribute('aria-expanded', 'false');
  shown.input.removeAttribute('aria-activedescendant');
  shown = null;
}

/**
 * Shows what fits the text of a control.
 * @param {HTMLInputElement} input
 * @param {Choice[]} kept Values of earlier responses.
 * @param {boolean} all Whether all are shown, since the text was there before.
 */
export function open(input, kept, all) {
  const text = all ? '' : input.value.toLowerCase();
  const fits = (/** @type {Choice} */ one) => `${one.value} ${one.note}`.toLowerCase().includes(text);
  const rank = (/** @type {Choice} */ one) => (one.value.toLowerCase().startsWith(text) ? 0 : 1);
  const choices = [...kept, ...known(input)]
    .filter(fits)
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, 100);
  close();
  if (!choices.length || (choices.length === 1 && choices[0]?.value === input.value)) return;
  const rows = choices.map((one, index) =>
    el(
      'li',
      { role: 'option', id: `choice-${index}`, 'aria-selected': 'false' },
      el('code', {}, short(one.value)),
      one.note ? el('small', {}, one.note) : null,
    ),
  );
  const list = el(
    'ul',
    { class: 'popup choices', role: 'listbox', id: 'choices', 'aria-label': 'Suggestions', pointerdown: pick },
    ...rows,
  );
  home(input).append(list);
  list.style.minWidth = `${input.offsetWidth}px`;
  place(list, input);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', 'choices');
  input.setAttribute('aria-expanded', 'true');
  shown = { input, list, choices, at: -1 };
}

/** A handle without its random end. @param {string} value */
const short = (value) => (value.length > 44 ? `${value.slice(0, 42)}…` : value);

whenGone(() => shown?.list, close);

/** @param {Event} event */
function pick(event) {
  event.preventDefault();
  const row = /** @type {Element} */ (event.target).closest('[role=option]');
  if (row && shown) take([...shown.list.children].indexOf(row));
}

/** @param {number} index */
function take(index) {
  const choice = shown?.choices[index];
  if (!shown || !choice) return;
  const { input } = shown;
  close();
  input.value = choice.value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  close();
}

/**
 * Keys of a control with suggestions. Returns whether the key is used up.
 * @param {KeyboardEvent} event
 */
export function key(event) {
  if (!shown || event.target !== shown.input || event.ctrlKey || event.altKey || event.metaKey) return false;
  const { choices, list, input } = shown;
  if (event.key === 'Escape') {
    close();
    event.stopPropagation();
    return true;
  }
  if (event.key === 'Tab') close();
  if (event.key === 'Enter' && shown.at >= 0) {
    take(shown.at);
    return true;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return false;
  list.children[shown.at]?.setAttribute('aria-selected', 'false');
  shown.at = (shown.at + step + choices.length + (shown.at < 0 && step < 0 ? 1 : 0)) % choices.length;
  const row = list.children[shown.at];
  row?.setAttribute('aria-selected', 'true');
  row?.scrollIntoView({ block: 'nearest' });
  input.setAttribute('aria-activedescendant', `choice-${shown.at}`);
  return true;
}
