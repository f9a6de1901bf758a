// What every page does: the choice of colours, copying, keys of the navigation, the search, and trees that load what is inside.

import { start as search } from "./search.js";
import { start as trees } from "./tree.js";

const THEMES = /** @type {const} */ (["system", "light", "dark"]);
const SIGNS = { system: "◐", light: "☀", dark: "☾" };

/** The theme that is chosen now. */
function theme() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

/** The button that goes from the system's colours to light ones to dark ones. */
function themes() {
  const button = document.getElementById("site-theme");
  if (!button) return;
  const show = () => {
    const names = { system: "as the system", light: "light", dark: "dark" };
    button.setAttribute("aria-label", `Colours: ${names[theme()]}`);
    button.title = `Colours: ${names[theme()]}`;
    const sign = button.firstElementChild;
    if (sign) sign.textContent = SIGNS[theme()];
  };
  button.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try {
      if (next === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", next);
    } catch {
      // The choice then lasts as long as the page.
    }
    show();
  });
  show();
  button.hidden = false;
}

/** Buttons that copy a text. */
function copying() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!(button instanceof HTMLButtonElement) || !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const before = button.textContent;
      try {
        await navigator.clipboard.writeText(button.dataset.copy ?? "");
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not allowed";
      }
      setTimeout(() => (button.textContent = before), 1500);
    });
  }
}

/** The navigation is one stop of the Tab key; arrows move inside it. */
function navigation() {
  const nav = document.getElementById("site-nav");
  if (!nav) return;
  const links = [...nav.querySelectorAll("a")];
  /** @param {HTMLAnchorElement} link */
  const rove = (link) => links.forEach((one) => (one.tabIndex = one === link ? 0 : -1));
  const current = links.find((link) => link.hasAttribute("aria-current")) ?? links[0];
  if (!current) return;
  rove(current);
  // The current page is in sight, without moving the page itself. The first frame has the layout that this asks for.
  requestAnimationFrame(() => (nav.scrollTop = Math.max(0, current.offsetTop - nav.clientHeight / 2)));
  nav.addEventListener("keydown", (event) => {
    const at = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    const link = to === undefined || at < 0 ? undefined : links[to];
    if (!link) return;
    event.preventDefault();
    rove(link);
    link.focus();
  });
}

themes();
copying();
navigation();
search();
trees();
