// @ts-check
/** Values of earlier responses, which the gateway keeps: ids, and handles of tokens. */
import * as fields from './fields.js';

/** @typedef {{ name: string, value: string, label: string }} Kept */

/** @type {Kept[]} */
let kept = [];

/** @param {Kept[]} all The newest first. */
export function keep(all) {
  kept = all;
}

export async function load() {
  const response = await fetch('/-/shelf');
  if (response.ok) keep(await response.json());
}

/** What a property says before the name of an id about its part in a request. */
const ROLES = ['from_', 'to_', 'source_', 'destination_', 'funding_', 'origination_'];

/**
 * Whether a kept value of this name is one for a property: `access_token` for `access_tokens`, `next_cursor` for
 * `cursor`, `account_id` for `from_account_id`.
 * @param {string} name
 * @param {string} property
 */
export function fits(name, property) {
  const one = property.endsWith('s') ? property.slice(0, -1) : property;
  const isLonger = (/** @type {string} */ wanted) => ROLES.some((role) => wanted === role + name);
  return [property, one].some((wanted) => name === wanted || name === `next_${wanted}` || isLonger(wanted));
}

/** The kept values that fit a value. @param {Element} node @returns {import('./choose.js').Choice[]} */
export function choices(node) {
  const field = /** @type {HTMLElement | null} */ (node.closest('[data-n]'));
  if (!field || !('id' in field.dataset || 'secret' in field.dataset || field.dataset.t === 'list')) return [];
  const kind = /** @type {HTMLElement} */ (node).dataset.t;
  if (kind !== 'text' && kind !== 'list') return [];
  const name = fields.nameOf(node);
  return kept.filter((one) => fits(one.name, name)).map(({ value, label }) => ({ value, note: label }));
}
