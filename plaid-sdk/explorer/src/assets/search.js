// The search from anywhere: `/` or Ctrl-K opens it, arrows choose, Enter goes there. A server ranks in Rust; exported pages load the
// index and rank here.

/** @typedef {import("./ranking.js").Entry} Entry */
/** @typedef {{ group: string, name: string, note: string, about: string, href: string }} Line */

const root = document.documentElement.dataset.root ?? "/";
const isExported = "exported" in document.documentElement.dataset;

/** @type {Promise<(query: string) => Entry[]> | undefined} */
let exported;

/** The search of exported pages, whose index is loaded once. */
function index() {
  exported ??= Promise.all([import("./ranking.js"), fetch(new URL("./search.json", import.meta.url))]).then(
    async ([{ over }, response]) => over(await response.json()),
  );
  exported.catch(() => (exported = undefined));
  return exported;
}

/** @param {string} path @param {string} [anchor] */
const href = (path, anchor) => `${root}${path}${isExported ? ".html" : ""}${anchor ? `#${anchor}` : ""}`;

/** What a query finds. @param {string} query @param {AbortSignal} signal @returns {Promise<Entry[]>} */
async function find(query, signal) {
  if (isExported) return (await index())(query);
  const response = await fetch(`/-/search?q=${encodeURIComponent(query)}`, { signal });
  return (await response.json()).hits;
}

/** @param {Entry} entry @returns {Line | undefined} */
function line({ operation, property, webhook, error_code: error, about = "" }) {
  /** @type {(group: string, name: string, note: string, href: string) => Line} */
  const made = (group, name, note, href) => ({ group, name, note, about, href });
  if (operation) return made("Operations", operation.path, operation.method, href(`operations/${operation.name}`));
  if (webhook) return made("Webhooks", `${webhook.kind}: ${webhook.code}`, "", href(`webhooks/${webhook.kind}/${webhook.code}`));
  if (error) return made("Error codes", error.code, "", href(`errors/${error.code}`));
  const [, of = "", side, path = ""] = /^(.*) ([<>]) (\S+)$/.exec(property?.places[0] ?? "") ?? [];
  if (!property || !of) return undefined;
  const anchor = path.replaceAll("[]", "");
  const [kind, code] = of.split(": ");
  const owner = code ? of : property.names?.[0];
  const note = `${path} of ${owner}${property.count > 1 ? `, ${property.count - 1} more` : ""}`;
  const page = code ? `webhooks/${kind}/${code}` : `operations/${owner}`;
  return made("Properties", property.name, note, href(page, side === "<" || code ? anchor : `response.${anchor}`));
}

/**
 * An element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name @param {Record<string, string>} attributes @param {(Node | string)[]} inside
 */
function make(name, attributes, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

/** The dialog, made when it is first opened. */
class Dialog {
  constructor() {
    this.input = make("input", {
      type: "search",
      role: "combobox",
      "aria-label": "Search operations, properties, errors, webhooks",
      "aria-controls": "search-results",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: "Search operations, properties, errors, webhooks",
    });
    this.results = make("div", { id: "search-results", role: "listbox", "aria-label": "Results" });
    this.status = make("p", { role: "status", class: "status" }, "Type what you look for: transfer, routing number, user.phone_number");
    const keys = make("p", { class: "keys", "aria-hidden": "true" }, "↑ ↓ choose · Enter opens · Esc closes");
    this.dialog = make("dialog", { class: "search", "aria-label": "Search" }, this.input, this.status, this.results, keys);
    document.body.append(this.dialog);
    /** @type {HTMLAnchorElement[]} */
    this.options = [];
    this.chosen = -1;
    /** @type {AbortController | undefined} */
    this.running = undefined;
    this.input.addEventListener("input", () => void this.update());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.results.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  /** @param {string} query */
  open(query) {
    if (!this.dialog.open) this.dialog.showModal();
    if (query) this.input.value = query;
    this.input.focus();
    this.input.select();
    if (this.input.value) void this.update();
  }

  async update() {
    this.running?.abort();
    const running = (this.running = new AbortController());
    const query = this.input.value.trim();
    try {
      const hits = query ? await find(query, running.signal) : [];
      if (running.signal.aborted) return;
      this.show(hits.map(line).filter((one) => one !== undefined));
      this.status.textContent = !query ? "" : hits.length ? `${hits.length} results` : "Nothing was found. Try fewer words.";
      this.status.classList.toggle("quiet", hits.length > 0);
    } catch {
      if (running.signal.aborted) return;
      this.show([]);
      this.status.classList.remove("quiet");
      this.status.textContent = isExported
        ? "Pages that are opened as files can't search. Serve the folder by a web server."
        : "The explorer does not answer. Is it still running?";
    }
  }

  /** @param {Line[]} lines */
  show(lines) {
    this.results.replaceChildren();
    this.options = [];
    for (const group of new Set(lines.map((one) => one.group))) {
      const id = `search-${group.replace(" ", "-").toLowerCase()}`;
      const box = make("div", { role: "group", "aria-labelledby": id }, make("h2", { id }, group));
      for (const one of lines.filter((line) => line.group === group)) {
        const option = make(
          "a",
          { role: "option", href: one.href, tabindex: "-1", "aria-selected": "false", id: `search-option-${this.options.length}` },
          make("code", {}, one.name),
          make("small", {}, one.note),
          make("span", {}, one.about),
        );
        const at = this.options.push(option) - 1;
        option.addEventListener("mousemove", () => this.choose(at));
        box.append(option);
      }
      this.results.append(box);
    }
    this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    this.choose(this.options.length ? 0 : -1);
  }

  /** @param {number} at */
  choose(at) {
    if (at === this.chosen && this.options[at]?.getAttribute("aria-selected") === "true") return;
    this.chosen = at;
    this.options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const option = this.options[at];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const count = this.options.length;
    if (event.key === "ArrowDown" && count) this.choose((this.chosen + 1) % count);
    else if (event.key === "ArrowUp" && count) this.choose((this.chosen + count - 1) % count);
    else if (event.key === "Enter") void this.enter();
    // A field of this kind takes the key for itself, to be emptied.
    else if (event.key === "Escape") this.dialog.close();
    else return;
    event.preventDefault();
  }

  /** Goes to the chosen result, once those of the last letter are there. */
  async enter() {
    await this.update();
    this.options[this.chosen]?.click();
  }
}

/** Opens the search by `/`, by Ctrl-K, and by the field in the header. */
export function start() {
  /** @type {Dialog | undefined} */
  let dialog;
  const open = (query = "") => (dialog ??= new Dialog()).open(query);
  const asked = isExported && new URLSearchParams(location.search).get("q");
  if (asked) open(asked);
  const field = document.getElementById("site-search");
  // On the page of the search it is a form that works without scripts, elsewhere a link to that page.
  if (field instanceof HTMLInputElement) {
    field.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      open(field.value);
    });
    field.addEventListener("input", () => {
      const typed = field.value;
      field.value = "";
      open(typed);
      // The next letter follows the first.
      dialog?.input.setSelectionRange(typed.length, typed.length);
    });
  }
  field?.addEventListener("click", (event) => {
    // A link that is opened in another tab shows the page.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    const isTyping = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
    const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isCtrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!isSlash && !isCtrlK) return;
    event.preventDefault();
    open();
  });
}
