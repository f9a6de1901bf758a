// Fills the form in as a person would: by its buttons, its menus and its controls. It uses nothing of the page's own modules.
(() => {
  const inside = (node, selector) => node.querySelector(`:scope > ${selector}`);
  const all = (node, selector) => [...node.querySelectorAll(`:scope > ${selector}`)];
  const said = (node) => node.dataset.n ?? node.closest("[data-n]")?.dataset.n ?? "the body";

  const press = (node, selector) => {
    const button = inside(node, selector);
    if (!button) throw new Error(`${said(node)} has no ${selector}`);
    button.click();
  };

  const write = (control, text) => {
    const kind = { TEXTAREA: HTMLTextAreaElement, SELECT: HTMLSelectElement }[control.tagName] ?? HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(control, text);
    control.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };

  const choose = (node, label) => {
    press(node, ".more");
    const entries = [...document.querySelectorAll("[role=menuitem]")];
    const entry = entries.find((one) => one.firstChild?.textContent === label);
    if (!entry) throw new Error(`${said(node)} has no "${label}" in its menu: ${entries.map((one) => one.textContent)}`);
    entry.click();
  };

  // A value is [kind, content]: numbers keep their digits, objects their order.
  const set = (node, [kind, content]) => {
    const control = inside(node, ".v");
    if (kind === "null") return choose(node, "Send null");
    switch (node.dataset.t) {
      case "object": {
        if (kind !== "object") throw new Error(`${said(node)} is an object, not ${kind}`);
        // A body without properties is an empty object by itself.
        if (!content.length) return node.id === "body" ? undefined : choose(node, "Send an empty object");
        const open = inside(node, "[data-act=open]");
        if (open && !("open" in node.dataset)) open.click();
        const group = inside(node, ".group");
        const rest = group.querySelector(":scope > .rest > [data-act=all]");
        if (rest && rest.getAttribute("aria-expanded") === "false") rest.click();
        for (const [name, value] of content) {
          const property = all(group, ".f").find((one) => one.dataset.n === name);
          if (!property) throw new Error(`${said(node)} has no property ${name}`);
          set(property, value);
        }
        return;
      }
      case "list":
      case "map": {
        if (!content.length) return choose(node, kind === "list" ? "Send an empty list" : "Send an empty object");
        const elements = inside(node, ".elements");
        for (const one of content) {
          press(elements, "[data-act=add]");
          const item = all(elements, ".item:not(.proto)").at(-1);
          if (kind === "list") set(item, one);
          else {
            write(inside(item, ".key"), one[0]);
            set(item, one[1]);
          }
        }
        return;
      }
      case "json":
        return write(control, textOf([kind, content]));
      default:
        if (kind === "text" && content === "") return choose(node, "Send an empty string");
        if (!["text", "number", "bool"].includes(kind)) throw new Error(`${said(node)} takes no ${kind}`);
        // A control of one line has no line breaks, and one of several lines has one kind of them.
        if (/\r/.test(content) || (/\n/.test(content) && control.tagName === "INPUT")) {
          choose(node, "Write as JSON");
          return write(inside(node, ".raw"), JSON.stringify(content));
        }
        return write(control, String(content));
    }
  };

  const textOf = ([kind, content]) => {
    switch (kind) {
      case "object":
      case "map":
        return `{${content.map(([name, value]) => `${JSON.stringify(name)}:${textOf(value)}`).join(",")}}`;
      case "list":
        return `[${content.map(textOf).join(",")}]`;
      case "text":
        return JSON.stringify(content);
      default:
        return String(content);
    }
  };

  // What is sent is kept here and goes nowhere.
  const sent = [];
  const real = window.fetch;
  window.fetch = (address, options) => {
    if (!String(address).startsWith("/-/call/")) return real(address, options);
    sent.push(JSON.parse(options.body));
    return Promise.resolve(new Response("{}", { headers: { "content-type": "application/json" } }));
  };

  const until = async (done, what) => {
    for (let turn = 0; turn < 500; turn += 1) {
      if (done()) return;
      await new Promise((next) => setTimeout(next, 10));
    }
    throw new Error(`waited in vain for ${what}`);
  };

  window.bot = {
    // Fills the whole form in and presses Send. Returns what the page sent.
    async send(body, parameters) {
      document.querySelector("[data-sample=clear]").click();
      if (parameters) set(document.querySelector("#parameters"), parameters);
      if (body) set(document.querySelector("#body"), body);
      const before = sent.length;
      const send = document.querySelector("#send");
      await until(() => !send.disabled, "the last call");
      send.click();
      await until(() => sent.length > before || document.querySelector("#send-anyway"), "Send");
      if (sent.length === before) {
        const problems = [...document.querySelectorAll(".err")].map((one) => one.textContent);
        throw new Error(`the check refuses the request: ${problems.join("; ")}`);
      }
      return sent.at(-1);
    },
  };
})();
