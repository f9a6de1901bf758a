// Trees of properties: what is too deep for a page is loaded from the page of its type when it is opened. An anchor to a property
// opens the way to it.

/** @param {string} address @returns {Promise<Document | null>} */
function load(address) {
  // A request of this kind parses HTML without running its scripts, and without a text that a script would have to trust.
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.setRequestHeader("accept", "text/html");
    request.onload = () => resolve(request.status === 200 || request.status === 0 ? request.responseXML : null);
    request.onerror = () => resolve(null);
    request.send();
  });
}

/**
 * Puts what is inside a property below it.
 * @param {HTMLDetailsElement} details
 */
async function fill(details) {
  const from = details.dataset.from;
  const owner = details.closest("li")?.id;
  if (!from || !owner) return;
  delete details.dataset.from;
  const page = await load(new URL(from, location.href).href);
  const found = page?.querySelector("#type-properties > ul, #type-values > dl");
  if (!found || !page) {
    // The link to the page of the type stays.
    details.dataset.from = from;
    return;
  }
  const step = details.dataset.step ?? "";
  for (const one of found.querySelectorAll("[id]")) {
    const inside = `${owner}${step}.${one.id}`;
    if (found.localName === "dl") one.removeAttribute("id");
    else one.id = inside;
    const anchor = one.querySelector(":scope > .name > a.here");
    if (anchor) anchor.setAttribute("href", `#${inside}`);
  }
  for (const link of found.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href") ?? "";
    if (!href.startsWith("#")) link.setAttribute("href", new URL(href, page.URL || from).href);
  }
  for (const deeper of found.querySelectorAll("[data-from]")) {
    const to = deeper.getAttribute("data-from") ?? "";
    deeper.setAttribute("data-from", new URL(to, page.URL || from).href);
  }
  details.querySelector(":scope > .again")?.replaceWith(document.adoptNode(found));
}

/** @param {Element} target */
function show(target) {
  for (let around = target.parentElement; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) around.open = true;
  }
  target.scrollIntoView({ block: "start" });
  document.querySelector(".is-target")?.classList.remove("is-target");
  target.classList.add("is-target");
}

/** Opens the way to the property that the address names. */
async function follow() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (!wanted) return;
  for (let depth = 0; depth < 16; depth += 1) {
    const target = document.getElementById(wanted);
    if (target) return show(target);
    // The closest property around it that is there.
    let parts = wanted.split(".");
    let around = null;
    while (!around && parts.length > 1) {
      parts = parts.slice(0, -1);
      around = document.getElementById(parts.join("."));
    }
    const details = around?.querySelector(":scope > details[data-from]");
    if (!(details instanceof HTMLDetailsElement)) return around ? show(around) : undefined;
    await fill(details);
    details.open = true;
    if (details.dataset.from) return around ? show(around) : undefined;
  }
}

/** Follows the address, and loads what is opened. */
export function start() {
  document.addEventListener(
    "toggle",
    (event) => {
      const details = event.target;
      if (details instanceof HTMLDetailsElement && details.open && details.dataset.from) void fill(details);
    },
    true,
  );
  addEventListener("hashchange", () => void follow());
  void follow();
}
