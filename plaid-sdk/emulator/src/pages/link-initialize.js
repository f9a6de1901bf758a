// Plaid Link for an emulator: window.Plaid with the same functions and callbacks as Plaid's own script. It shows the
// emulator's pages in a frame and hears from them by messages.
(() => {
  const BASE = "__BASE__";
  const ORIGIN = new URL(BASE).origin;
  const NAMES = [
    "account_number_mask", "brand_name", "error_code", "error_message", "error_type", "exit_status", "institution_id",
    "institution_name", "institution_search_query", "link_session_id", "match_reason", "mfa_type", "request_id",
    "routing_number", "selection", "timestamp", "view_name",
  ];
  const STYLE = "position:fixed;inset:0;width:100%;height:100%;border:0;z-index:2147483647;" +
    "background:rgb(0 0 0 / .45);color-scheme:light dark";

  function eventMetadata(event, session) {
    const all = { ...event.event_metadata, link_session_id: session, timestamp: event.timestamp };
    return Object.fromEntries(NAMES.map((name) => [name, all[name] ?? null]));
  }

  function create(config) {
    if (!config || typeof config.token !== "string" || !config.token.startsWith("link-")) {
      throw new Error("Plaid.create: the configuration needs `token`, a token of /link/token/create");
    }
    if (typeof config.onSuccess !== "function") {
      throw new Error("Plaid.create: the configuration needs `onSuccess`, a function");
    }
    const call = (name, ...values) => typeof config[name] === "function" && config[name](...values);
    const seen = new Set();
    let frame = null;
    let before = null;
    let destroyed = false;
    // Whether the application wants the session to end. The frame may be between two pages, and the next one is told again.
    let leaving = false;

    function leave() {
      frame.contentWindow.postMessage({ source: "plaid-emulator", verb: "exit" }, ORIGIN);
    }

    function close() {
      if (!frame) return;
      leaving = false;
      frame.remove();
      frame = null;
      window.removeEventListener("message", hear);
      before?.focus?.();
    }

    function hear(message) {
      if (!frame || message.origin !== ORIGIN || message.source !== frame.contentWindow) return;
      const { source, session, events, end } = message.data ?? {};
      if (source !== "plaid-emulator") return;
      for (const event of events) {
        if (seen.has(event.event_id)) continue;
        seen.add(event.event_id);
        call("onEvent", event.event_name, eventMetadata(event, session));
      }
      if (!frame) return;
      if (!end) {
        if (leaving) leave();
        return;
      }
      close();
      if (end.public_token) call("onSuccess", end.public_token, end.metadata);
      else call("onExit", end.error, end.metadata);
    }

    function open() {
      if (destroyed || frame) return;
      before = document.activeElement;
      const url = new URL(`${BASE}/_plaid/link/page/${encodeURIComponent(config.token)}`);
      url.searchParams.set("embed", window.location.origin);
      if (config.receivedRedirectUri) {
        url.searchParams.set("oauth_state_id", new URL(config.receivedRedirectUri).searchParams.get("oauth_state_id") ?? "");
      }
      frame = document.createElement("iframe");
      frame.id = "plaid-link-iframe-emulator";
      frame.title = "Plaid Link (emulator)";
      frame.allowTransparency = true;
      frame.style.cssText = STYLE;
      frame.src = url.href;
      window.addEventListener("message", hear);
      document.body.appendChild(frame);
      frame.focus();
    }

    // Leaves the session. With `force`, the frame goes at once, and onExit comes without the session's answer.
    function exit(options) {
      if (!frame) return;
      if (options && options.force) {
        close();
        call("onExit", null, { institution: null, status: null, link_session_id: "", request_id: "" });
        return;
      }
      leaving = true;
      leave();
    }

    // The phone number that an application passes on. Link's pages here ask for none, so there is nothing to fill in.
    function submit() {}

    function destroy() {
      destroyed = true;
      close();
    }

    setTimeout(() => destroyed || call("onLoad"), 0);
    return { open, exit, submit, destroy, ready: true };
  }

  window.Plaid = Object.assign(window.Plaid ?? {}, { create, version: "emulator" });
})();
