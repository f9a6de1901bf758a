// @ts-check
/** The code of the call, and what the check says, after each change. */
import { ask, byId, copy, el, marked } from './dom.js';
import * as request from './request.js';

const work = /** @type {HTMLElement} */ (byId('work'));
const code = /** @type {HTMLElement} */ (byId('code'));
const tabs = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('#snippet [role=tab]')]);
const byGateway = /** @type {HTMLInputElement | null} */ (byId('by-gateway'));
const isServed = work.dataset.target !== 'exported';

/** @type {AbortController | null} */
let running = null;
let isWaiting = false;
/** Whether problems are shown that a person may just not have come to. */
let isStrict = false;

/** @type {request.Problem[]} */
let problems = [];

/** The errors of the last check. */
export const errors = () => problems.filter((one) => one.severity === 'error');

/** Shows missing properties as well, from now on. */
export function insist() {
  isStrict = true;
  request.showProblems(problems, true);
}

/** The chosen language. Storage may be turned off. */
function language() {
  try {
    return localStorage.getItem('language') ?? 'rust';
  } catch {
    return 'rust';
  }
}

/** Asks for the code and the problems of the request, soon. */
export function changed() {
  if (isWaiting || !isServed) return;
  isWaiting = true;
  queueMicrotask(() => {
    isWaiting = false;
    void update();
  });
}

/** The latest request is checked; answers about earlier ones are dropped. */
export async function update() {
  if (!isServed) return;
  running?.abort();
  const run = (running = new AbortController());
  const asked = {
    operation: request.operation,
    ...request.current(),
    language: language(),
    gateway: byGateway?.checked ? location.origin : null,
  };
  try {
    const answer = await ask('/-/preview', asked, run.signal);
    problems = answer.problems;
    show(answer.snippet);
    request.showProblems(problems, isStrict);
    summarize();
  } catch (error) {
    if (run.signal.aborted) return;
    summarize(`No check: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {number} count @param {string} noun */
const counted = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** @param {string} [failure] */
function summarize(failure) {
  const place = byId('problems');
  if (!place) return;
  const count = (/** @type {(one: request.Problem) => boolean} */ fits) => problems.filter(fits).length;
  const missing = count((one) => one.code === 'MISSING_FIELDS' && one.severity === 'error');
  const wrong = errors().length - missing;
  const odd = problems.length - missing - wrong;
  const parts = [
    missing && `${missing} required missing`,
    wrong && counted(wrong, 'error'),
    odd && counted(odd, 'warning'),
  ];
  const text = failure ?? parts.filter(Boolean).join(', ');
  if (place.textContent !== text) place.textContent = text;
  if (!errors().length) byId('send-anyway')?.remove();
  place.className = failure || missing + wrong ? 'bad' : 'odd';
}

/** @param {{ spans?: [string, string][], why?: string }} snippet */
function show(snippet) {
  const pre = /** @type {HTMLElement} */ (code.querySelector('pre'));
  code.querySelector('.why')?.remove();
  // The last code stays to read while the request is not whole.
  pre.classList.toggle('stale', snippet.why !== undefined);
  if (snippet.why !== undefined)
    code.prepend(el('p', { class: 'why' }, ...marked(`No code for this request: ${snippet.why}.`)));
  else
    pre.replaceChildren(
      ...(snippet.spans ?? []).map(([kind, text]) =>
        kind === 'plain' ? text : el('span', { class: `k-${kind}` }, text),
      ),
    );
}

/** @param {HTMLElement} tab @param {boolean} focus */
function choose(tab, focus) {
  for (const one of tabs) {
    one.setAttribute('aria-selected', String(one === tab));
    one.tabIndex = one === tab ? 0 : -1;
  }
  code.setAttribute('aria-labelledby', tab.id);
  if (focus) tab.focus();
  tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const name = tab.dataset.language ?? 'rust';
  try {
    localStorage.setItem('language', name);
  } catch {
    // The choice then lasts as long as the page.
  }
  for (const pre of code.querySelectorAll('pre')) pre.hidden = !isServed && pre.dataset.language !== name;
  changed();
}

/** Sets the tabs up. */
export function start() {
  const chosen = tabs.find((one) => one.dataset.language === language());
  if (chosen && chosen.getAttribute('aria-selected') !== 'true') choose(chosen, false);
  for (const tab of tabs) {
    tab.addEventListener('click', () => choose(tab, false));
    tab.addEventListener('keydown', (event) => {
      const at = tabs.indexOf(tab);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
      const next = to === undefined ? undefined : tabs.at(to % tabs.length);
      if (next) {
        event.preventDefault();
        choose(next, true);
      }
    });
  }
  byGateway?.addEventListener('change', changed);
  byId('copy-code')?.addEventListener('click', (event) => {
    const shown = /** @type {HTMLElement | null} */ (code.querySelector('pre:not([hidden])'));
    if (shown?.classList.contains('stale')) return;
    void copy(shown?.textContent ?? '', /** @type {HTMLElement} */ (event.currentTarget));
  });
}
