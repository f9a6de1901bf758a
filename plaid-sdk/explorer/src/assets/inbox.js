// @ts-check
/** The webhooks that arrived, kept up to date. */
import { ask, byId, el } from './dom.js';
import { parse } from './json.js';
import * as menu from './menu.js';
import { copy } from './dom.js';
import { row } from './values.js';

/**
 * @typedef {{ key: string, at: number, kind: string, code: string, state: string, again: number | null,
 *   about: string, body: string }} Webhook
 */

const list = /** @type {HTMLElement} */ (byId('inbox'));
const state = /** @type {HTMLElement} */ (byId('inbox-state'));

/** How often the list is asked for. */
const EVERY = 2000;

/** The webhooks that are shown, by their keys. @type {Map<string, HTMLElement>} */
const shown = new Map();

/** @param {Webhook} one */
function entry(one) {
  const use = (/** @type {HTMLElement} */ button, /** @type {string} */ _name, /** @type {string} */ value) =>
    menu.open(button, [{ label: 'Copy', run: () => copy(value, null) }]);
  const again =
    one.again === null
      ? null
      : el('button', { type: 'button', class: 'quiet', click: () => redeliver(again, one) }, 'Deliver again');
  const time = new Date(one.at * 1000);
  return el(
    'li',
    { class: 'arrived', 'data-state': one.state },
    el(
      'div',
      { class: 'line' },
      el('a', { href: `/webhooks/${one.kind}/${one.code}` }, `${one.kind}: ${one.code}`),
      el('time', { datetime: time.toISOString() }, time.toLocaleTimeString()),
    ),
    one.about ? el('p', {}, one.about) : null,
    el('p', { class: 'help' }, one.state, again),
    el('div', { class: 'json' }, row('', parse(one.body), '', use, true)),
  );
}

/** @param {HTMLElement | null} button @param {Webhook} one */
async function redeliver(button, one) {
  try {
    await ask('/-/work/redeliver', { id: one.again });
    if (button) button.textContent = 'Sent';
    await update();
  } catch (error) {
    state.textContent = error instanceof Error ? error.message : String(error);
  }
}

async function update() {
  try {
    const response = await fetch('/-/inbox/list');
    if (!response.ok) throw new Error(`status ${response.status}`);
    /** @type {Webhook[]} */
    const all = await response.json();
    const keys = new Set(all.map((one) => one.key));
    for (const [key, element] of shown) {
      if (!keys.has(key)) {
        element.remove();
        shown.delete(key);
      }
    }
    // What has changed or is new is made again; the rest stays as a person has opened it.
    all.forEach((one, index) => {
      let element = shown.get(one.key);
      if (element?.dataset.state !== one.state) {
        element?.remove();
        element = entry(one);
        shown.set(one.key, element);
      }
      if (element && list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
    });
    const text = all.length ? `${all.length} ${all.length === 1 ? 'webhook' : 'webhooks'}` : 'None yet.';
    if (state.textContent !== text) state.textContent = text;
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    state.textContent = `The list can't be loaded: ${why}. Is the explorer still running?`;
  }
}

/** Fires a webhook for the newest Item. @param {HTMLElement} button */
async function fire(button) {
  try {
    const made = await ask('/-/sample', { operation: 'sandboxItemFireWebhook', size: 'live' });
    const body = JSON.parse(made.body);
    if (!body.access_token)
      throw new Error('create an Item first: complete Link, or press Demo data on the page of an operation');
    await ask('/-/call/sandboxItemFireWebhook', {
      body: JSON.stringify({ ...body, webhook_code: button.dataset.code }),
    });
    await update();
  } catch (error) {
    state.textContent = `${button.dataset.code}: ${error instanceof Error ? error.message : error}`;
  }
}

for (const button of document.querySelectorAll('#fire button')) {
  button.addEventListener('click', () => fire(/** @type {HTMLElement} */ (button)));
}
void update();
setInterval(() => document.hidden || void update(), EVERY);
