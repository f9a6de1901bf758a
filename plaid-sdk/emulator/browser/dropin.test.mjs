// The replacement for Plaid's script: a page with plain script, and react-plaid-link by interception and by TLS.
import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { connect } from "node:tls";
import { buildSync } from "esbuild";
import { application, browser, complete, emulator, frame, link, tap } from "./lab.mjs";

const SCRIPT = "https://cdn.plaid.com/link/v2/stable/link-initialize.js";
const plain = (source) => `<!doctype html><title>Shop</title><button id="open">Link</button><script src="${source}"></script><script>
  window.calls = [];
  const note = (name) => (...values) => window.calls.push([name, ...values]);
  const query = new URLSearchParams(location.search);
  // The way back from a bank has no token, so the application remembers it.
  const token = (localStorage.token = query.get("token") ?? localStorage.token);
  window.link = Plaid.create({
    token, onSuccess: note("onSuccess"), onExit: note("onExit"), onEvent: note("onEvent"), onLoad: note("onLoad"),
    receivedRedirectUri: query.has("oauth_state_id") ? location.href : undefined,
  });
  document.getElementById("open").onclick = () => window.link.open();
  if (query.has("oauth_state_id")) window.link.open();
</script>`;
const react = `
  import { createRoot } from "react-dom/client";
  import { usePlaidLink } from "react-plaid-link";
  window.calls = [];
  const note = (name) => (...values) => window.calls.push([name, ...values]);
  const config = {
    token: new URLSearchParams(location.search).get("token"),
    onSuccess: note("onSuccess"), onExit: note("onExit"), onEvent: note("onEvent"), onLoad: note("onLoad"),
  };
  function Shop() {
    const { open, ready, exit } = usePlaidLink(config);
    window.exit = exit;
    return <button id="open" disabled={!ready} onClick={() => open()}>Link</button>;
  }
  createRoot(document.getElementById("app")).render(<Shop />);`;

let lab, shop, chromium;
before(async () => {
  lab = await emulator();
  const options = { bundle: true, write: false, format: "iife", jsx: "automatic", define: { "process.env.NODE_ENV": '"production"' } };
  const bundle = buildSync({ ...options, stdin: { contents: react, loader: "jsx", resolveDir: import.meta.dirname } });
  shop = await application({
    "/plain": plain(`${lab.base}/link/v2/stable/link-initialize.js`),
    "/cdn": plain(SCRIPT),
    "/react": '<!doctype html><title>Shop</title><div id="app"></div><script src="/react.js"></script>',
    "/react.js": bundle.outputFiles[0].text,
  });
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  shop?.stop();
  lab?.stop();
});

const created = (more) => lab.call("/link/token/create", link(more));

async function visit(path, token, inside = chromium) {
  const page = await inside.newPage();
  page.on("pageerror", (error) => assert.fail(String(error)));
  await page.goto(`${shop.base}${path}?token=${token}`);
  return page;
}

/** Waits until a callback was called, and returns its arguments. */
async function called(page, name) {
  const found = await page.waitForFunction((name) => window.calls.find(([own]) => own === name)?.slice(1), {}, name);
  return found.jsonValue();
}

async function succeeds(page, from) {
  await page.waitForSelector("#open:not([disabled])");
  await page.click("#open");
  await complete(page);
  const [token, metadata] = await called(page, "onSuccess");
  assert.equal(metadata.institution.institution_id, "ins_109508");
  assert.equal(metadata.accounts.length, 14);
  assert.equal(metadata.public_token, token);
  const events = await page.evaluate(() => window.calls.filter(([name]) => name === "onEvent").map(([, name]) => name));
  assert.deepEqual([events[0], events.at(-1)], ["OPEN", "HANDOFF"]);
  assert.deepEqual(events.filter((name) => name === "SELECT_INSTITUTION"), ["SELECT_INSTITUTION"], "no event comes twice");
  assert.equal(await page.$("iframe"), null, "the frame is gone");
  const item = await from.call("/item/public_token/exchange", { public_token: token });
  assert.match(item.access_token, /^access-sandbox-/);
}

/** Answers requests for Plaid's script with the emulator's. */
async function intercept(page) {
  const script = await (await fetch(`${lab.base}/link/v2/stable/link-initialize.js`)).text();
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (request.url() === SCRIPT) request.respond({ contentType: "text/javascript", body: script });
    else request.continue();
  });
}

test("a page with plain script gets Plaid's callbacks", async () => {
  const page = await visit("/plain", (await created()).link_token);
  await called(page, "onLoad");
  await succeeds(page, lab);
  const [name, metadata] = await called(page, "onEvent");
  assert.equal(name, "OPEN");
  assert.ok(metadata.link_session_id && metadata.timestamp && metadata.institution_id === null);
});

test("leaving calls onExit with the last error and the place", async () => {
  const page = await visit("/plain", (await created({ institution_id: "ins_109508" })).link_token);
  await page.click("#open");
  const inside = await frame(page);
  await inside.type("#username", "user_good");
  await inside.type("#password", "nope");
  await tap(inside, "button.main");
  await inside.waitForSelector("#problem");
  await page.evaluate(() => window.link.exit());
  const [error, metadata] = await called(page, "onExit");
  assert.equal(error.error_code, "INVALID_CREDENTIALS");
  assert.deepEqual([metadata.status, metadata.institution.institution_id], ["requires_credentials", "ins_109508"]);
  await page.evaluate(() => (window.calls = []));
  await page.click("#open");
  await frame(page);
  await page.evaluate(() => window.link.exit({ force: true }));
  assert.deepEqual((await called(page, "onExit"))[0], null);
  assert.equal(await page.$("iframe"), null);
});

test("messages of other pages are ignored", async () => {
  const page = await visit("/plain", (await created()).link_token);
  await page.click("#open");
  await frame(page);
  await page.evaluate(() => {
    const end = { public_token: "forged", metadata: {} };
    window.postMessage({ source: "plaid-emulator", session: "x", events: [], end }, "*");
  });
  await new Promise((later) => setTimeout(later, 200));
  assert.ok(await page.evaluate(() => window.calls.every(([name]) => name !== "onSuccess")));
});

test("a bank with a page of its own leads back to the application", async () => {
  const redirect_uri = `${shop.base}/plain`;
  const { link_token } = await created({ institution_id: "ins_127287", redirect_uri });
  const page = await visit("/plain", link_token);
  await page.click("#open");
  const inside = await frame(page);
  await inside.type("#username", "user_good");
  await inside.type("#password", "anything");
  await tap(inside, "button.main");
  await page.waitForFunction((uri) => location.href.startsWith(`${uri}?oauth_state_id=`), { timeout: 10_000 }, redirect_uri);
  const again = await frame(page);
  await tap(again, "button.main");
  const [, metadata] = await called(page, "onSuccess");
  assert.deepEqual(metadata.accounts.map(({ mask }) => mask), ["0000", "1111"]);
});

test("react-plaid-link works by interception", async () => {
  const page = await chromium.newPage();
  await intercept(page);
  await page.goto(`${shop.base}/react?token=${(await created()).link_token}`);
  await succeeds(page, lab);
});

test("react-plaid-link works by TLS, and clients trust the authority", async () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-ca-"));
  const file = join(folder, "ca.pem");
  const hosts = ["sandbox.plaid.com", "cdn.plaid.com"];
  const secured = await emulator("--tls", ...hosts.flatMap((host) => ["--hostname", host]), "--ca-out", file);
  try {
    const ca = readFileSync(file, "utf8");
    const port = Number(new URL(secured.base).port);
    await waitFor(() => secured.output().includes(`NODE_EXTRA_CA_CERTS=${file}`));
    const { key, body } = await ask(port, ca, "/link/token/create", link());
    // The key is pinned: the client above has checked the authority, and this browser knows no other way to trust one.
    const pinned = createHash("sha256").update(key).digest("base64");
    const rules = hosts.map((host) => `MAP ${host}:443 127.0.0.1:${port}`).join(",");
    const inside = await browser(`--host-resolver-rules=${rules}`, `--ignore-certificate-errors-spki-list=${pinned}`);
    try {
      for (const path of ["/cdn", "/react"]) {
        const token = path === "/cdn" ? body.link_token : (await ask(port, ca, "/link/token/create", link())).body.link_token;
        const page = await visit(path, token, inside);
        await succeeds(page, { call: async (path, request) => (await ask(port, ca, path, request)).body });
      }
    } finally {
      await inside.close();
    }
  } finally {
    secured.stop();
    rmSync(folder, { recursive: true });
  }
});

/** Waits until something is true. */
async function waitFor(isTrue) {
  for (let tries = 0; tries < 100 && !isTrue(); tries++) await new Promise((later) => setTimeout(later, 50));
  assert.ok(isTrue());
}

/** Calls an operation at the fixed host, by a client that trusts the authority alone. */
function ask(port, ca, path, request) {
  return new Promise((answered, failed) => {
    const body = JSON.stringify({ client_id: "0123456789abcdef01234567", secret: "secret", ...request });
    const socket = connect({ host: "127.0.0.1", port, servername: "sandbox.plaid.com", ca, ALPNProtocols: ["http/1.1"] });
    let text = "";
    socket.setEncoding("utf8");
    socket.on("error", failed);
    socket.on("secureConnect", () => {
      const certificate = new X509Certificate(socket.getPeerCertificate().raw);
      const key = certificate.publicKey.export({ type: "spki", format: "der" });
      socket.on("data", (data) => (text += data));
      socket.on("end", () => answered({ key, body: JSON.parse(text.slice(text.indexOf("\r\n\r\n") + 4)) }));
      const head = ["Host: sandbox.plaid.com", "Content-Type: application/json", "Connection: close"];
      const length = `Content-Length: ${Buffer.byteLength(body)}`;
      socket.write([`POST ${path} HTTP/1.1`, ...head, length, "", body].join("\r\n"));
    });
  });
}
