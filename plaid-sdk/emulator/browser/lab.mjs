// What the tests share: an emulator, an application's server, and a browser.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const EMULATOR = process.env.EMULATOR ?? `${root}target/debug/plaid-emulator`;
const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map((name) => `/usr/bin/${name}`);
export const CLIENT_ID = "0123456789abcdef01234567";

/** Starts an emulator. `base` is its address; `call` calls an operation over HTTP; `stop` ends it. */
export async function emulator(...options) {
  const child = spawn(EMULATOR, ["--port", "0", "--pace", "instant", "--self-check", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  const base = await new Promise((found, failed) => {
    child.stdout.on("data", (data) => {
      printed += data;
      const address = /emulator at (\S+)\n/.exec(printed);
      if (address) found(address[1]);
    });
    child.on("error", failed);
    child.on("exit", (code) => failed(new Error(`the emulator ended with ${code}`)));
  });
  async function call(path, body) {
    const headers = { "Content-Type": "application/json", "PLAID-CLIENT-ID": CLIENT_ID, "PLAID-SECRET": "secret" };
    const response = await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  }
  return { base, call, output: () => printed, stop: () => child.kill() };
}

/** The request of a Link token. */
export function link(more = {}) {
  return {
    client_name: "Acme Budget",
    language: "en",
    country_codes: ["US"],
    products: ["transactions"],
    user: { client_user_id: "user-1" },
    ...more,
  };
}

/** A browser. The tests fail without one. */
export async function browser(...args) {
  const executablePath = process.env.CHROMIUM ?? BROWSERS.find((path) => existsSync(path));
  if (!executablePath) throw new Error("no Chromium was found: install one, or name it in CHROMIUM");
  return puppeteer.launch({ executablePath, args: ["--no-sandbox", ...args] });
}

/** An application's server: answers each path with a page. */
export async function application(pages) {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url, "http://localhost").pathname];
    const kind = request.url.endsWith(".js") ? "text/javascript" : "text/html";
    response.writeHead(page ? 200 : 404, { "Content-Type": kind }).end(page ?? "");
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { base: `http://localhost:${server.address().port}`, stop: () => server.close() };
}

/** Clicks something that leads to another page, and waits for it. */
export async function follow(page, selector) {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

/** Presses a key that leads to another page, and waits for it. */
export async function press(page, key) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
}

/** Moves the focus by the key until a selector has it. */
export async function tabTo(page, selector) {
  for (let steps = 0; steps < 60; steps++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
  }
  throw new Error(`the key Tab does not reach ${selector}`);
}

/** The text of a page. */
export function text(page) {
  return page.evaluate(() => document.body.innerText);
}

/** The page in the frame that the drop-in shows. */
export async function frame(page) {
  const element = await page.waitForSelector("iframe#plaid-link-iframe-emulator");
  const found = await element.contentFrame();
  await found.waitForSelector("main.link");
  return found;
}

/** Clicks something in a frame. A click by coordinates can miss while a frame of another process is being scrolled. */
export async function tap(inside, selector) {
  await inside.waitForSelector(selector);
  await inside.$eval(selector, (element) => element.click());
}

/** Goes through the frame's pages from the choice of an institution to the end. */
export async function complete(page) {
  const inside = await frame(page);
  const next = async (click, wait) => {
    await tap(inside, click);
    if (wait) await inside.waitForSelector(wait);
  };
  await next("button[value=ins_109508]", "#username");
  await inside.type("#username", "user_good");
  await inside.type("#password", "pass_good");
  await next("button.main", "input[name=mask]");
  await next("button.main");
}
