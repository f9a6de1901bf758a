// @ts-check
/** Completes Link for a Link token: in the emulator at once, at Plaid by its hosted page. */
import { ask, byId, el } from './dom.js';
import { parse } from './json.js';
import * as shelf from './shelf.js';

const target = byId('work')?.dataset.target;

/** How often Plaid is asked whether the person has finished, and for how long. */
const EVERY = 2000;
const LONGEST = 30 * 60 * 1000;

/**
 * @param {HTMLElement | null} button
 * @param {string} token The handle of the Link token.
 * @param {string | null} hosted The handle of the address of the hosted page.
 * @param {() => void} changed
 */
export async function completeLink(button, token, hosted, changed) {
  if (!button) return;
  const say = (/** @type {string} */ text) => {
    button.parentElement?.querySelector('.said')?.remove();
    button.after(el('span', { class: 'said', role: 'status' }, text));
  };
  /** @type {HTMLButtonElement} */ (button).disabled = true;
  try {
    if (target === 'emulator') {
      const done = await ask('/-/work/complete-link', { link_token: token });
      shelf.keep(done.shelf);
    } else if (hosted) {
      await atPlaid(token, hosted, say);
    } else {
      say('This token has no hosted page. Set hosted_link to {} and create another one, or open Link in your app.');
      /** @type {HTMLButtonElement} */ (button).disabled = false;
      return;
    }
    say('Completed.');
    // The call that a completed session leads to stands first.
    button.after(
      el('a', { class: 'first', href: '/operations/item_public_token_exchange#live' }, '/item/public_token/exchange'),
    );
    changed();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    /** @type {HTMLButtonElement} */ (button).disabled = false;
  }
}

/**
 * Opens Plaid's page and waits for its public token.
 * @param {string} token
 * @param {string} hosted
 * @param {(text: string) => void} say
 */
async function atPlaid(token, hosted, say) {
  const tab = window.open('', '_blank');
  const { value } = await ask('/-/reveal', { handle: hosted });
  if (tab) {
    tab.opener = null;
    tab.location.href = value;
  } else {
    throw new Error('The browser blocked the new tab. Allow it, and press the button again.');
  }
  say('Waiting for Link in the other tab …');
  const end = Date.now() + LONGEST;
  while (Date.now() < end) {
    await new Promise((done) => setTimeout(done, EVERY));
    const response = await fetch('/-/call/linkTokenGet', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ body: JSON.stringify({ link_token: token }) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`/link/token/get answered ${response.status}`);
    if (hasPublicToken(parse(text))) return shelf.load();
  }
  throw new Error('Nobody has finished Link within 30 minutes.');
}

/** @param {import('./json.js').Value} value @returns {boolean} */
function hasPublicToken(value) {
  if (Array.isArray(value)) return value.some(hasPublicToken);
  if (!(value instanceof Map)) return false;
  return typeof value.get('public_token') === 'string' || [...value.values()].some(hasPublicToken);
}
