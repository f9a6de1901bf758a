// @ts-check
/** A menu below a button. One is open at a time. */
import { el } from './dom.js';

/** @typedef {{ label: string, note?: string, run: () => void } | null} Entry `null` separates. */

/** @type {{ menu: HTMLElement, button: HTMLElement } | null} */
let shown = null;

/** Closes the menu. @param {boolean} [back] Whether its button gets the focus. */
export function close(back = false) {
  if (!shown) return;
  const { menu, button } = shown;
  shown = null;
  menu.remove();
  button.setAttribute('aria-expanded', 'false');
  if (back) button.focus();
}

/**
 * Opens a menu.
 * @param {HTMLElement} button
 * @param {Entry[]} entries
 */
export function open(button, entries) {
  const again = shown?.button === button;
  close();
  if (again || !entries.length) return;
  const rows = entries.map((entry) =>
    entry === null
      ? el('div', { role: 'separator' })
      : el(
          'button',
          {
            type: 'button',
            role: 'menuitem',
            tabindex: '-1',
            click: () => {
              close(true);
              entry.run();
            },
          },
          entry.label,
          entry.note ? el('small', {}, entry.note) : null,
        ),
  );
  const menu = el(
    'div',
    { class: 'popup', role: 'menu', 'aria-label': button.getAttribute('aria-label') ?? 'Actions', keydown: move },
    ...rows,
  );
  home(button).append(menu);
  place(menu, button);
  button.setAttribute('aria-expanded', 'true');
  shown = { menu, button };
  /** @type {HTMLElement | null} */ (menu.querySelector('[role=menuitem]'))?.focus();
}

/**
 * Puts an element below another one, inside the window.
 * @param {HTMLElement} what
 * @param {HTMLElement} below
 */
export function place(what, below) {
  const at = below.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - what.offsetWidth - 8));
  const fits = at.bottom + what.offsetHeight + 12 < innerHeight || at.top < what.offsetHeight + 12;
  what.style.left = `${left}px`;
  what.style.top = `${fits ? at.bottom + 4 : at.top - what.offsetHeight - 4}px`;
}

/** The landmark in which something is shown that belongs to an element. @param {Element} element */
export const home = (element) => element.closest('main, aside') ?? document.body;

/**
 * Calls when what is shown at a fixed place no longer belongs there.
 * @param {() => HTMLElement | undefined} what
 * @param {() => void} gone
 */
export function whenGone(what, gone) {
  const leave = (/** @type {Event} */ event) => {
    const shown = what();
    if (shown && !(event.target instanceof Node && shown.contains(event.target))) gone();
  };
  addEventListener('scroll', leave, { capture: true, passive: true });
  addEventListener('resize', leave);
}

/** @param {Event} event */
function move(event) {
  if (!(event instanceof KeyboardEvent) || !shown) return;
  const all = /** @type {HTMLElement[]} */ ([...shown.menu.querySelectorAll('[role=menuitem]')]);
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all.at(to % all.length)?.focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    close(true);
  } else if (event.key.length === 1) {
    all.find((one) => one.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  }
}

whenGone(() => shown?.menu, close);
addEventListener('pointerdown', (event) => {
  const target = /** @type {Node} */ (event.target);
  if (shown && !shown.menu.contains(target) && !shown.button.contains(target)) close();
});
