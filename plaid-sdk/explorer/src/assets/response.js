// @ts-check
/** The response of a call: status, tree and text, what an error means, and what comes next. */
import { byId, copy, el } from './dom.js';
import * as fields from './fields.js';
import { NotJson, parse } from './json.js';
import { completeLink } from './link.js';
import * as menu from './menu.js';
import * as request from './request.js';
import * as shelf from './shelf.js';
import { row } from './values.js';

/** @typedef {{ page: string, path: string, title: string, reason: string, fragment: string, takes: string[] }} Next */
/**
 * @typedef {{ error: { code: string, advice: string | null, fields: string[] } | null, next: Next[],
 *   link_token: string | null, hosted_link_url: string | null, shelf: shelf.Kept[] }} After
 */

const card = /** @type {HTMLElement} */ (byId('response'));

/** Changes the form and its views. @type {() => void} */
let changed = () => {};

/** @param {() => void} then */
export function start(then) {
  changed = then;
}

/** Addresses of files that the last response made. @type {string | null} */
let file = null;

/**
 * Shows a response.
 * @param {Response} response
 * @param {Blob} blob
 */
export async function show(response, blob) {
  const kind = response.headers.get('content-type') ?? '';
  const number = response.headers.get('plaid-explorer-number');
  const isRefused = response.headers.get('plaid-explorer') === 'refused';
  const name = `${location.pathname.split('/').at(-1)}${kind.includes('pdf') ? '.pdf' : '.json'}`;
  if (file) URL.revokeObjectURL(file);
  file = URL.createObjectURL(kind.includes('html') ? new Blob([blob], { type: 'text/plain' }) : blob);
  const isText = /json|text/.test(kind) || blob.size === 0;
  const text = isText ? await blob.text() : '';
  /** @type {HTMLElement} */
  const content = el('div', { class: 'content' });
  const requestId = response.headers.get('plaid-request-id') ?? /"request_id"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  const time = response.headers.get('plaid-explorer-ms');
  const next = el('div', { class: 'after' });
  /** @type {Next[]} */
  let following = [];
  const use = (
    /** @type {HTMLElement} */ button,
    /** @type {string} */ name,
    /** @type {string} */ value,
    /** @type {string} */ pointer,
  ) => menu.open(button, uses(name, value, pointer, number, following));
  const raw = el(
    'button',
    { type: 'button', 'aria-pressed': 'false', click: () => draw(raw.getAttribute('aria-pressed') !== 'true') },
    'Raw',
  );
  const copied = el('button', { type: 'button', click: () => copy(text, copied) }, 'Copy');
  const draw = (/** @type {boolean} */ asText) => {
    raw.setAttribute('aria-pressed', String(asText));
    content.replaceChildren(...(asText ? [el('pre', { tabindex: '0' }, text)] : inside(text, kind, use)));
  };
  card.hidden = false;
  card.replaceChildren(
    el(
      'header',
      {},
      el(
        'span',
        { class: `status ${response.ok ? 'good' : 'bad'}`, role: 'status' },
        `${response.status}${isRefused ? ' not sent' : response.ok ? ' OK' : ''}`,
      ),
      time ? el('span', { class: 'meta' }, `${time} ms`) : null,
      requestId
        ? el(
            'button',
            {
              type: 'button',
              class: 'meta',
              title: 'Copy the request id',
              click: (/** @type {Event} */ event) => copy(requestId, /** @type {HTMLElement} */ (event.currentTarget)),
            },
            requestId,
          )
        : null,
      el('span', { class: 'space' }),
      isText && text ? raw : null,
      isText && text ? copied : null,
      blob.size ? el('a', { href: file, download: name }, 'Save') : null,
    ),
    content,
    next,
  );
  draw(false);
  if (number) {
    const after = /** @type {After} */ (await (await fetch(`/-/after/${number}`)).json());
    following = after.next;
    shelf.keep(after.shelf);
    next.replaceChildren(...explained(after, isRefused), ...steps(after));
  }
}

/** @param {string} text @param {string} kind @param {import('./values.js').Use} use @returns {HTMLElement[]} */
function inside(text, kind, use) {
  if (kind.includes('pdf') && file) return [el('iframe', { src: file, title: 'The file' })];
  if (text === '') return [el('p', { class: 'help' }, 'The response has no body.')];
  try {
    const tree = el('div', { class: 'json' }, row('', parse(text), '', use, true));
    return [tree];
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return [el('pre', { tabindex: '0' }, text)];
  }
}

/**
 * What can be done with a value.
 * @param {string} name
 * @param {string} value
 * @param {string} pointer
 * @param {string | null} number
 * @param {Next[]} following
 * @returns {menu.Entry[]}
 */
function uses(name, value, pointer, number, following) {
  /** @type {menu.Entry[]} */
  const all = [{ label: 'Copy', run: () => copy(value, null) }];
  for (const node of takers(name)) {
    all.push({
      label: `Put into ${fields.address(node)}`,
      run: () => {
        request.show(false);
        fields.fill(node.dataset.t === 'list' ? fields.addItem(node) : node, value);
        fields.reveal(node);
        changed();
        fields.control(node)?.focus();
      },
    });
  }
  for (const one of following) {
    const property = one.takes.find((taken) => shelf.fits(name, taken));
    if (!property || !number) continue;
    const picks = new URLSearchParams({ continue: number, [property]: pointer });
    all.push({
      label: `Use in ${one.path}`,
      note: property,
      run: () => location.assign(`/operations/${one.page}#${picks}`),
    });
  }
  return all;
}

/** The properties of this form that take a value of a name. @param {string} name */
function takers(name) {
  return /** @type {HTMLElement[]} */ ([
    ...document.querySelectorAll('#form .f[data-id], #form .f[data-secret], #form .f[data-t=list]'),
  ])
    .filter((node) => !node.closest('.proto') && shelf.fits(name, node.dataset.n ?? ''))
    .slice(0, 6);
}

/** @param {After} after @param {boolean} isRefused */
function explained({ error }, isRefused) {
  if (!error) return [];
  const go = (/** @type {string} */ path) => () => {
    request.show(false);
    if (!request.body) return;
    const node = fields.at(request.body, path);
    fields.reveal(node);
    node.scrollIntoView({ block: 'center' });
    fields.control(node)?.focus();
  };
  return [
    el(
      'div',
      { class: 'advice' },
      el(
        'p',
        {},
        isRefused ? 'This gateway did not send it. ' : '',
        el('a', { href: `/errors/${error.code}` }, error.code),
        error.advice ? ` ${error.advice}` : '',
      ),
      error.fields.length
        ? el(
            'p',
            {},
            'See ',
            ...error.fields.map((path) => el('button', { type: 'button', class: 'link', click: go(path) }, path)),
          )
        : null,
    ),
  ];
}

/** @param {After} after */
function steps(after) {
  const token = after.link_token;
  const links = after.next.map((one) =>
    el('a', { href: `/operations/${one.page}#${one.fragment}`, title: one.reason }, one.path),
  );
  const complete = token
    ? el(
        'button',
        {
          type: 'button',
          id: 'complete-link',
          click: () => completeLink(complete, token, after.hosted_link_url, changed),
        },
        'Complete Link',
      )
    : null;
  if (!links.length && !complete) return [];
  return [
    el('nav', { class: 'use', 'aria-label': 'Continue with' }, el('span', {}, 'Continue with'), complete, ...links),
  ];
}

/** Explains why nothing could be sent. @param {unknown} error */
export function failed(error) {
  card.hidden = false;
  card.replaceChildren(
    el('p', { class: 'advice', role: 'alert' }, `Not sent: ${error instanceof Error ? error.message : error}.`),
  );
}
