// All pages: no overflow on a narrow screen, nothing that axe-core objects to, in light and dark. Screenshots are kept.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { after, afterEach, before, test } from "node:test";
import { CLIENT_ID, application, browser, emulator, follow, frame, link } from "./lab.mjs";

const SHOTS = process.env.SHOTS ?? fileURLToPath(new URL("../../../target/browser-shots", import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LOOKS = [["light", 1000], ["dark", 1000], ["light", 360], ["dark", 360]];

let lab, chromium, page;
before(async () => {
  mkdirSync(SHOTS, { recursive: true });
  lab = await emulator();
  chromium = await browser();
  page = await chromium.newPage();
  // The pages' own policy would keep axe-core out.
  await page.setBypassCSP(true);
});
after(async () => {
  await chromium?.close();
  lab?.stop();
});

const found = [];
async function look(name) {
  for (const [scheme, width] of LOOKS) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.setViewport({ width, height: 760 });
    await page.screenshot({ path: `${SHOTS}/${name}-${scheme}-${width}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) found.push(`${name}, ${width} px: ${wide} px too wide`);
    if (width === 360) continue;
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, nodes } of violations) found.push(`${name}, ${scheme}: ${id}: ${nodes[0].html.slice(0, 160)}`);
  }
}

afterEach(() => assert.deepEqual(found.splice(0), []));

test("the pages of Link", async () => {
  let created = await lab.call("/link/token/create", link({ hosted_link: {}, enable_multi_item_link: true }));
  await page.goto(created.hosted_link_url);
  await look("link-1-institutions");
  await page.goto(`${page.url()}?q=nowhere`);
  await look("link-1-nothing-found");
  await page.goto(`${page.url().split("?")[0]}?q=unhealthy`);
  await follow(page, "button[value=ins_132361]");
  await look("link-1-down");
  await follow(page, "button[value=ins_109508]");
  await look("link-2-login");
  await page.type("#username", "user_good");
  await page.type("#password", "wrong");
  await follow(page, "button.main");
  await look("link-2-wrong");
  await page.type("#password", "mfa_device");
  await follow(page, "button.main");
  await look("link-3-device");
  await page.click("input[type=radio]");
  await follow(page, "button.main");
  await look("link-3-code");
  await page.type("#answer0", "1234");
  await follow(page, "button.main");
  await look("link-4-accounts");
  await follow(page, "button.main");
  await look("link-5-added");
  await follow(page, "button.main");
  await look("link-6-done");
  created = await lab.call("/link/token/create", link({ hosted_link: {}, institution_id: "ins_127287" }));
  await page.goto(created.hosted_link_url);
  await look("link-2-bank");
  await follow(page, "#leave button");
  await look("link-6-left");
  const auth = { products: ["auth"], auth: { same_day_microdeposits_enabled: true } };
  created = await lab.call("/link/token/create", link({ hosted_link: {}, ...auth }));
  await page.goto(created.hosted_link_url);
  await follow(page, "a[href*='numbers=1']");
  await look("link-1-numbers");
  await page.type("#routing", "110000000");
  await page.type("#account", "1111222233330000");
  await follow(page, "button.main");
  const { public_token } = (await lab.call("/link/token/get", { link_token: created.link_token })).link_sessions[0].on_success;
  const { access_token } = await lab.call("/item/public_token/exchange", { public_token });
  const update = link({ hosted_link: {}, access_token });
  delete update.products;
  created = await lab.call("/link/token/create", update);
  await page.goto(created.hosted_link_url);
  await look("link-2-deposit");
  await page.type("#code", "ABC");
  await follow(page, "button.main");
  assert.match(await page.evaluate(() => document.body.innerText), /read the Item again/);
  await page.goto(`${lab.base}/_plaid/link/page/link-sandbox-unknown`);
  await look("link-0-unknown");
});

/** Sends a form although its fields are wrong, as a browser does that does not check them. */
async function sendUnchecked() {
  await page.$eval("main form", (form) => (form.noValidate = true));
  await follow(page, "button.main");
}

test("the pages of a business", async () => {
  const made = await lab.call("/business_verification/create", { client_user_id: "acme" });
  await page.goto(made.shareable_url);
  await look("business-1-verification");
  await page.click("button.main");
  assert.equal(await page.evaluate(() => document.activeElement.id), "name", "the browser asks for it");
  await page.type("#name", "Acme");
  await page.type("#website", "nowhere");
  await sendUnchecked();
  await look("business-2-wrong");
  assert.equal(await page.evaluate(() => document.activeElement.id), "street", "the first answer to correct");
  assert.deepEqual(
    await page.$$eval("input[aria-invalid]", (fields) =>
      fields.map((field) => [field.id, document.getElementById(field.getAttribute("aria-describedby")).innerText.split(",")[0]]),
    ),
    [
      ...["street", "city", "region", "postal_code"].map((id) => [id, "Fill this in."]),
      ["website", "Write the whole address"],
    ],
  );
  await page.$eval("#website", (field) => (field.value = ""));
  const address = { street: "123 Main St.", city: "Pawnee", region: "IN", postal_code: "46001" };
  for (const [id, value] of Object.entries(address)) await page.type(`#${id}`, value);
  await follow(page, "button.main");
  await look("business-3-done");
  const found = await lab.call("/business_verification/get", { business_verification_id: made.id });
  assert.deepEqual([found.status, found.search_terms.name], ["success", "Acme"]);

  const done = await application({ "/": "<!doctype html><html lang=en><title>Shop</title><main>Welcome back</main>" });
  const { originator_client_id } = await lab.call("/transfer/originator/create", { company_name: "Marketplace" });
  const asked = { originator_client_id, redirect_uri: `${done.base}/` };
  const { onboarding_url } = await lab.call("/transfer/questionnaire/create", asked);
  await page.goto(onboarding_url);
  await look("business-4-questionnaire");
  const told = { dba: "Acme", tax_id: "123456789", website: "https://example.com", naics_code: "56" };
  for (const [id, value] of Object.entries(told)) await page.type(`#${id}`, value);
  await sendUnchecked();
  await look("business-5-wrong");
  await page.$eval("#naics_code", (field) => (field.value = "561790"));
  await follow(page, "button.main");
  assert.match(await page.evaluate(() => document.body.innerText), /Your answers were sent/);
  await page.waitForNavigation();
  assert.equal(page.url(), asked.redirect_uri);
  done.stop();
  await page.goto(onboarding_url);
  await look("business-0-unknown");
});

test("the frame in an application", async () => {
  const script = `<script src="${lab.base}/link/v2/stable/link-initialize.js"></script>`;
  const text = "<h1>Acme Budget</h1><p>See all your accounts in one place.</p>".repeat(4);
  const shop = await application({ "/": `<!doctype html><html lang="en"><title>Shop</title><main>${text}</main>${script}` });
  const { link_token } = await lab.call("/link/token/create", link());
  await page.goto(shop.base);
  await page.evaluate((token) => window.Plaid.create({ token, onSuccess() {} }).open(), link_token);
  await frame(page);
  for (const [scheme, width] of LOOKS) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.setViewport({ width, height: 760 });
    await page.screenshot({ path: `${SHOTS}/frame-${scheme}-${width}.png` });
  }
  shop.stop();
});

test("the pages of the inspector", async () => {
  const options = { webhook: "http://127.0.0.1:9/hook" };
  const request = { institution_id: "ins_109508", initial_products: ["transactions", "auth"], options };
  const { public_token } = await lab.call("/sandbox/public_token/create", request);
  const { access_token } = await lab.call("/item/public_token/exchange", { public_token });
  await lab.call("/transactions/sync", { access_token, count: 3 });
  await lab.call("/accounts/get", { access_token, nonsense: 1 }).catch(() => {});
  const tenant = `${lab.base}/_plaid/inspect/${CLIENT_ID}`;
  await page.goto(`${lab.base}/`);
  await look("inspector-1-tenants");
  await page.goto(tenant);
  await look("inspector-2-items");
  await follow(page, ".cards a.name");
  await look("inspector-3-item");
  await page.goto(`${tenant}/requests`);
  await look("inspector-4-requests");
  await page.goto(`${tenant}/requests?refused=1`);
  await follow(page, ".lines a");
  await look("inspector-5-request");
  await page.goto(`${tenant}/webhooks`);
  await look("inspector-6-webhooks");
  await follow(page, ".lines a");
  await look("inspector-7-webhook");
  await page.goto(`${tenant}/faults`);
  await follow(page, ".order button");
  await look("inspector-8-faults");
  await page.goto(`${lab.base}/_plaid/inspect/coverage`);
  await look("inspector-9-coverage");
  await page.goto(`${lab.base}/_plaid/inspect/nobody`);
  await look("inspector-0-unknown");
});

test("the inspector's switches work by keyboard", async () => {
  await page.goto(`${lab.base}/_plaid/inspect/${CLIENT_ID}`);
  await page.focus("form[action$='do/freeze'] button");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  assert.match(await page.evaluate(() => document.body.innerText), /stands still/);
});
