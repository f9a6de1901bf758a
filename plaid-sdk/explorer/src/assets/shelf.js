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

/**
 * Whether a kept value of this name is one for a property: `access_token` for `access_tokens`, `next_cursor` for `cursor`,
 * `account_id` for `from_account_id`.
 * @param {string} name
 * @param {string} property
 */
export function fits(name, property) {
  const one = property.endsWith('s') ? property.slice(0, -1) : property;
  return [property, one].some((wanted) => name === wanted || name === `next_${wanted}` || wanted.endsWith(`_${name}`));
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
