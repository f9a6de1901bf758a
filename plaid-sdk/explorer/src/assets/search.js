// The search from anywhere: `/` or Ctrl-K opens it, arrows choose, Enter goes there. A server ranks in Rust; exported pages load the
// index and rank here.

/** @typedef {import("./ranking.js").Entry} Entry */
/** @typedef {import("./ranking.js").Hit} Hit */
/** @typedef {{ group: string, name: string, note: string, about: string, href: string }} Line */

const root = document.documentElement.dataset.root ?? "/";
const isExported = "exported" in document.documentElement.dataset;

/** @type {Promise<(query: string) => Hit[]> | undefined} */
let exported;

/** @type {Record<string, string>} */
let names = {};

/** Loads the index of exported pages once. */
function index() {
  exported ??= (async () => {
    const [{ Index }, response] = await Promise.all([import("./ranking.js"), fetch(new URL("./search.json", import.meta.url))]);
    const file = await response.json();
    names = file.names;
    for (const entry of file.index.entries) if (entry.operation) entry.operation.name = method(entry.operation.id);
    const made = new Index(file.index);
    return (/** @type {string} */ query) => made.search(query, 14);
  })();
  exported.catch(() => (exported = undefined));
  return exported;
}

/** The name of an operation in addresses. @param {string} id */
const method = (id) => names[id] ?? id.replace(/(?<=.)[A-Z]/g, "_$&").toLowerCase();

/** @param {string} path @param {string} [anchor] */
const href = (path, anchor) => `${root}${path}${isExported ? ".html" : ""}${anchor ? `#${anchor}` : ""}`;

/** What a query finds. @param {string} query @param {AbortSignal} signal @returns {Promise<Hit[]>} */
async function find(query, signal) {
  if (isExported) return (await index())(query);
  const response = await fetch(`/-/search?q=${encodeURIComponent(query)}`, { signal });
  if (!response.ok) throw new Error(`status ${response.status}`);
  /** @type {{ hits: Entry[] }} */
  const { hits } = await response.json();
  return hits.map((entry) => ({ entry, place: undefined }));
}

/** @param {Hit} hit @returns {Line | undefined} */
function line({ entry, place }) {
  const about = entry.about ?? "";
  if (entry.operation) {
    const { id, path, method: verb, name = method(id) } = entry.operation;
    return { group: "Operations", name: path, note: verb, about, href: href(`operations/${name}`) };
  }
  if (entry.property) {
    const { name, places, names: methods, count } = entry.property;
    const parts = /^(.*) ([<>]) (\S+)$/.exec(place ?? places[0] ?? "");
    if (!parts) return undefined;
    const [, of, side, path] = parts;
    const anchor = path.replaceAll("[]", "");
    const more = count > 1 ? `, ${count - 1} more` : "";
    const webhook = /^(\S+): (\S+)$/.exec(of);
    if (webhook) {
      return { group: "Properties", name, note: `${path} of ${of}${more}`, about, href: href(`webhooks/${webhook[1]}/${webhook[2]}`, anchor) };
    }
    const owner = methods?.[0] || method(of);
    const to = href(`operations/${owner}`, side === "<" ? anchor : `response.${anchor}`);
    return { group: "Properties", name, note: `${path} of ${owner}${more}`, about, href: to };
  }
  if (entry.webhook) {
    const { kind, code } = entry.webhook;
    return { group: "Webhooks", name: `${kind}: ${code}`, note: "", about, href: href(`webhooks/${kind}/${code}`) };
  }
  const code = entry.error_code?.code;
  return code ? { group: "Error codes", name: code, note: "", about, href: href(`errors/${code}`) } : undefined;
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
        ? "The index can't be loaded. Pages that are opened as files can't search: serve the folder by a web server."
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
  const field = document.getElementById("site-search");
  field?.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    open(field instanceof HTMLInputElement ? field.value : "");
  });
  field?.addEventListener("input", () => {
    if (!(field instanceof HTMLInputElement)) return;
    const typed = field.value;
    field.value = "";
    open(typed);
    // The next letter follows the first.
    dialog?.input.setSelectionRange(typed.length, typed.length);
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
