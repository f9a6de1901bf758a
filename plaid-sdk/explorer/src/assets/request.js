// @ts-check
/** The request: one value with two views, the form and its JSON. */
import { byId, el, marked } from './dom.js';
import * as fields from './fields.js';
import { NotJson, parse, write } from './json.js';

/** @typedef {{ body: string | null, parameters: string | null }} Request JSON texts; `null` without any. */

const section = /** @type {HTMLElement} */ (byId('request'));
const form = /** @type {HTMLElement} */ (byId('form'));
const json = /** @type {HTMLElement} */ (byId('json'));
const area = /** @type {HTMLTextAreaElement} */ (byId('json-text'));

export const operation = section.dataset.operation ?? '';
export const body = byId('body');
export const parameters = byId('parameters');
/** The values that have properties. */
export const roots = [body, parameters].filter((one) => one !== null);

/** Whether the JSON is shown. */
export const isJson = () => !json.hidden;

/** @param {HTMLElement | null} root @param {boolean} [shared] */
function text(root, shared = false) {
  if (!root) return null;
  const value = fields.read(root, shared);
  if (value !== undefined) return write(value);
  return root === body && root.dataset.t === 'object' ? '{}' : null;
}

/** The request as the shown view says. @returns {Request} */
export function current() {
  const sent = text(parameters);
  return { body: isJson() && body ? area.value : text(body), parameters: sent };
}

/** The request without redacted values. JSON that the form can't read is left out. @returns {Request} */
export function shared() {
  if (isJson() && !toForm()) return { body: null, parameters: text(parameters, true) };
  return { body: text(body, true), parameters: text(parameters, true) };
}

/** Fills the form in from the JSON. Returns whether it is JSON. */
function toForm() {
  if (!body) return true;
  try {
    const value = area.value.trim() === '' ? undefined : parse(area.value);
    fields.fill(body, value);
    return true;
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    const before = area.value.slice(0, error.offset).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    note(`The JSON can't be shown as a form: line ${before.length}, column ${column}: ${error.message}.`);
    area.focus();
    area.setSelectionRange(error.offset, error.offset);
    return false;
  }
}

/** Says something about the request. @param {string} text */
export function note(text) {
  const place = byId('note');
  if (place) place.textContent = text;
}

/** Changes the view. @param {boolean} toJson Returns whether it was possible. */
export function show(toJson) {
  if (!body || toJson === isJson()) return true;
  if (toJson) area.value = text(body) ?? '';
  else if (!toForm()) return false;
  note('');
  json.hidden = !toJson;
  /** @type {HTMLElement} */ (body).hidden = toJson;
  for (const button of document.querySelectorAll('#views button')) {
    const isOfJson = /** @type {HTMLElement} */ (button).dataset.view === 'json';
    button.setAttribute('aria-pressed', String(isOfJson === toJson));
  }
  return true;
}

/** Fills both views in. @param {Request} request */
export function fill(request) {
  /** @param {HTMLElement | null} root @param {string | null} text */
  const put = (root, text) => {
    if (!root) return;
    try {
      fields.fill(root, text === null || text.trim() === '' ? undefined : parse(text));
    } catch (error) {
      if (!(error instanceof NotJson)) throw error;
      // A text that is not JSON can be read and repaired in the other view.
      fields.clear(root);
      if (root === body) {
        show(true);
        area.value = text ?? '';
      }
    }
  };
  put(parameters, request.parameters);
  put(body, request.body);
  if (isJson() && body) area.value = request.body ?? '';
}

/** The fragment of an address that contains the request. @param {Request} request */
export function fragment(request) {
  const bytes = new TextEncoder().encode(JSON.stringify(request));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `request=${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** The request in a fragment; `null` if there is none. @param {string} fragment @returns {Request | null} */
export function ofFragment(fragment) {
  const [, encoded] = /(?:^|&)request=([\w-]+)/.exec(fragment) ?? [];
  if (!encoded) return null;
  try {
    const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
    const read = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (one) => one.charCodeAt(0))));
    const textOf = (/** @type {unknown} */ one) => (typeof one === 'string' ? one : null);
    return { body: textOf(read.body), parameters: textOf(read.parameters) };
  } catch {
    note('The request in the address is damaged. Copy the whole address.');
    return null;
  }
}

/**
 * @typedef {{ severity: string, code: string, path: string, line: number, column: number, offset: number,
 *   message: string, of: string }} Problem
 */

/**
 * Shows problems at their properties.
 * @param {Problem[]} problems
 * @param {boolean} all Whether also what is only missing yet.
 */
export function showProblems(problems, all) {
  for (const one of form.querySelectorAll('.err')) one.remove();
  for (const one of form.querySelectorAll('[aria-invalid]')) one.removeAttribute('aria-invalid');
  for (const one of form.querySelectorAll('.bad, .odd')) one.classList.remove('bad', 'odd');
  const list = /** @type {HTMLElement} */ (byId('json-problems'));
  list.replaceChildren(...(isJson() ? problems.map(row) : []));
  if (isJson()) return;
  for (const problem of problems) {
    const root = problem.of === 'parameters' ? parameters : body;
    if (!root || (problem.code === 'MISSING_FIELDS' && !all)) continue;
    const node = fields.at(root, problem.path);
    const isExact =
      fields.address(node).split('.').at(-1) ===
      problem.path
        .replace(/\[[^\]]*\]/g, '')
        .split('.')
        .at(-1);
    if (all) fields.reveal(node);
    node.classList.add(problem.severity === 'error' ? 'bad' : 'odd');
    fields.control(node)?.setAttribute('aria-invalid', 'true');
    const message = el(
      'p',
      { class: 'err' },
      el('b', {}, problem.code),
      ' ',
      ...marked(`${isExact ? '' : `\`${problem.path}\` `}${problem.message}`),
    );
    // Elements that stand side by side have room for a message below the list only.
    const place = node.matches('.small > .item') ? /** @type {HTMLElement} */ (fields.around(node)) : node;
    if (node === root) root.prepend(message);
    else place.insertBefore(message, place.querySelector(':scope > .group'));
  }
}

/** @param {Problem} problem */
function row(problem) {
  const go = () => {
    area.focus();
    const bytes = new TextEncoder().encode(area.value).slice(0, problem.offset);
    const at = new TextDecoder().decode(bytes).length;
    area.setSelectionRange(at, at);
  };
  const place = el('button', { type: 'button', class: 'link', click: go }, `${problem.line}:${problem.column}`);
  return el(
    'li',
    { class: problem.severity === 'error' ? 'bad' : 'odd' },
    place,
    el('b', {}, ` ${problem.code} `),
    el('code', {}, problem.path),
    ' ',
    ...marked(problem.message),
  );
}
