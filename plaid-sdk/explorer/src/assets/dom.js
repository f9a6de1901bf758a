// @ts-check
/** Small helpers for elements. */

/**
 * Makes an element. Properties that are functions are listeners; `null`, `false` and `undefined` set nothing.
 * @param {string} name
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | null | undefined | false)} inside
 * @returns {HTMLElement}
 */
export function el(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false)
      made.setAttribute(key, value === true ? '' : value);
  }
  for (const one of inside) if (one || one === '') made.append(one);
  return made;
}

/**
 * The element with an id.
 * @param {string} id
 */
export const byId = (id) => document.getElementById(id);

/**
 * The child that fits a selector.
 * @param {Element} element
 * @param {string} selector
 */
export const child = (element, selector) =>
  /** @type {HTMLElement | null} */ (element.querySelector(`:scope > ${selector}`));

/**
 * The children that fit a selector.
 * @param {Element} element
 * @param {string} selector
 */
export const children = (element, selector) =>
  /** @type {HTMLElement[]} */ ([...element.querySelectorAll(`:scope > ${selector}`)]);

/**
 * Asks the explorer. A refusal is an error with its message.
 * @param {string} address
 * @param {unknown} body
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function ask(address, body, signal) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
  const text = await response.text();
  /** @type {any} */
  let json = null;
  try {
    json = JSON.parse(text);
  } catch {
    // Another text is shown as it is.
  }
  if (!response.ok) throw new Error(json?.error_message ?? json?.error ?? (text || `status ${response.status}`));
  return json;
}

/**
 * A text with code between backticks.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export const marked = (text) => text.split('\x60').map((part, index) => (index % 2 ? el('code', {}, part) : part));

/**
 * Copies a text, and says so on the button.
 * @param {string} text
 * @param {HTMLElement | null} button
 */
export async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    said(button, 'Copied');
  } catch {
    said(button, 'The browser refused');
  }
}

/** @param {HTMLElement | null} button @param {string} text */
function said(button, text) {
  if (!button) return;
  const before = button.dataset.text ?? button.textContent ?? '';
  button.dataset.text = before;
  button.textContent = text;
  setTimeout(() => (button.textContent = before), 1500);
}
