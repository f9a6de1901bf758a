// @ts-check
/** Sends the request, and lists what was sent. */
import { byId, el } from './dom.js';
import * as preview from './preview.js';
import * as request from './request.js';
import * as response from './response.js';

const button = /** @type {HTMLButtonElement} */ (byId('send'));
const history = byId('history');
const target = byId('work')?.dataset.target;

let isSending = false;

/** @param {boolean} [anyway] Whether it is sent although the check refuses it. */
export async function send(anyway = false) {
  if (isSending) return;
  isSending = true;
  button.disabled = true;
  try {
    await preview.update();
    if (!anyway && preview.errors().length) {
      preview.insist();
      offer();
      return;
    }
    byId('send-anyway')?.remove();
    const answer = await fetch(`/-/call/${request.operation}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...request.current(), anyway }),
    });
    await response.show(answer, await answer.blob());
    byId('response')?.scrollIntoView({ block: 'nearest' });
    await list();
  } catch (error) {
    response.failed(error);
  } finally {
    isSending = false;
    button.disabled = false;
  }
}

/** Offers to send what the check refuses. */
function offer() {
  const first = document.querySelector('.bad .v, .bad .raw, .bad [data-act]');
  if (first instanceof HTMLElement && !request.isJson()) {
    first.focus();
    first.scrollIntoView({ block: 'center' });
  }
  if (byId('send-anyway')) return;
  button.after(
    el('button', { type: 'button', id: 'send-anyway', class: 'quiet', click: () => send(true) }, 'Send anyway'),
  );
}

/** Lists the calls of this gateway. */
async function list() {
  if (!history) return;
  const answer = await fetch('/-/history');
  if (!answer.ok) return;
  /**
   * @type {{ number: number, page: string, path: string, status: number, milliseconds: number, error: string | null
   * }[]}
   */
  const rows = await answer.json();
  history.hidden = rows.length === 0;
  history.replaceChildren(
    el('h2', {}, 'Sent'),
    el(
      'ol',
      {},
      ...rows
        .slice(0, 12)
        .map((one) =>
          el(
            'li',
            {},
            el('span', { class: `status ${one.status < 400 ? 'good' : 'bad'}` }, String(one.status)),
            el('a', { href: `/operations/${one.page}#again=${one.number}` }, one.path),
            el('span', { class: 'meta' }, one.error ?? `${one.milliseconds} ms`),
          ),
        ),
    ),
  );
}

export function start() {
  if (target === 'exported') return;
  button.addEventListener('click', () => send());
  addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    }
  });
  void list();
}
