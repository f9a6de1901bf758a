// @ts-check
/** The page of an operation: its form, its code, and its response. */
import { ask, byId, copy, el } from './dom.js';
import * as edit from './edit.js';
import * as fields from './fields.js';
import * as preview from './preview.js';
import * as request from './request.js';
import * as response from './response.js';
import * as send from './send.js';
import * as shelf from './shelf.js';

const target = byId('work')?.dataset.target;

/** Whether a person has changed the form, or has emptied it: then a sample that was not asked for must not fill it. */
let isTouched = false;

/** A person has changed the form. */
function touched() {
  isTouched = true;
  preview.changed();
}

/**
 * Fills a sample in.
 * @param {string} size
 * @param {Record<string, unknown>} [more]
 * @param {() => boolean} [isWanted] Whether it is still wanted when it arrives.
 */
async function sample(size, more = {}, isWanted = () => true) {
  try {
    const made = await ask('/-/sample', { operation: request.operation, size, ...more });
    if (!isWanted()) return;
    request.fill(made);
    preview.changed();
  } catch (error) {
    request.note(error instanceof Error ? error.message : String(error));
  }
}

/** Follows the fragment of the address: a property, or a request to fill in. */
async function follow() {
  const fragment = location.hash.slice(1);
  if (!fragment) return;
  const shared = request.ofFragment(fragment);
  if (shared) {
    request.fill(shared);
    preview.changed();
    return;
  }
  if (target !== 'exported') {
    const named = new URLSearchParams(fragment);
    const before = named.get('continue');
    const again = named.get('again');
    if (fragment === 'live') return sample('live');
    if (before) {
      named.delete('continue');
      return sample('live', { from: Number(before), picks: Object.fromEntries(named) });
    }
    if (again) {
      const answer = await fetch(`/-/history/${again}`);
      const json = await answer.json();
      if (answer.ok) request.fill(json);
      else request.note(json.error_message);
      preview.changed();
      return;
    }
  }
  const node = fields.find(request.roots, decodeURIComponent(fragment));
  if (!node) return;
  request.show(false);
  fields.reveal(node);
  node.scrollIntoView({ block: 'center' });
  node.classList.add('aim');
  setTimeout(() => node.classList.remove('aim'), 2000);
  const places = /** @type {HTMLElement[]} */ ([
    ...node.querySelectorAll('.v, .raw, [data-act=add], [data-act=open], .more'),
  ]);
  places.find((one) => one.offsetParent !== null)?.focus({ preventScroll: true });
}

/** The form starts with a request that works, unless the address has one or a person was faster. */
async function begin() {
  const isRequest = /^(request=|continue=|again=|live$)/.test(location.hash.slice(1));
  if (target !== 'exported' && !isRequest) await sample('live', {}, () => !isTouched);
  await follow();
}

/** Buttons above the form. */
function bar() {
  for (const button of document.querySelectorAll('#views button')) {
    button.addEventListener('click', () => {
      request.show(/** @type {HTMLElement} */ (button).dataset.view === 'json');
      preview.changed();
    });
  }
  byId('json-text')?.addEventListener('input', touched);
  for (const button of document.querySelectorAll('#samples button')) {
    button.addEventListener('click', () => {
      const size = /** @type {HTMLElement} */ (button).dataset.sample ?? '';
      isTouched = true;
      if (size !== 'clear') return void sample(size);
      request.fill({ body: null, parameters: null });
      preview.changed();
    });
  }
  const share = byId('share');
  share?.addEventListener('click', () => {
    const address = `${location.origin}${location.pathname}#${request.fragment(request.shared())}`;
    void copy(address, share);
  });
  const seed = byId('seed');
  seed?.addEventListener('click', async () => {
    try {
      shelf.keep((await ask('/-/work/seed', {})).shelf);
      await sample('live');
    } catch (error) {
      request.note(error instanceof Error ? error.message : String(error));
    }
  });
}

/**
 * In a file, Send opens the form in the reader's own gateway, without what must not be in an address. Samples are made
 * by a gateway.
 */
function exported() {
  for (const one of document.querySelectorAll('#samples button:not([data-sample=clear])')) one.remove();
  const gateway = /** @type {HTMLInputElement} */ (
    el('input', {
      id: 'gateway',
      value: 'http://127.0.0.1:8434',
      'aria-label': 'Address of your gateway',
      spellcheck: 'false',
    })
  );
  byId('send-note')?.before(gateway);
  byId('send')?.addEventListener('click', () => {
    const page = byId('work')?.dataset.page ?? '';
    window.open(
      `${gateway.value.replace(/\/+$/, '')}/operations/${page}#${request.fragment(request.shared())}`,
      '_blank',
      'noopener',
    );
  });
}

edit.start(touched);
response.start(preview.changed);
preview.start();
send.start();
bar();
if (target === 'exported') exported();
else void shelf.load();
addEventListener('hashchange', follow);
void begin();
