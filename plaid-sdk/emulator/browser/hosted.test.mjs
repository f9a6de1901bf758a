// The hosted page, by keyboard and without scripts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, emulator, follow, link, press, tabTo, text } from "./lab.mjs";

let lab, chromium;
before(async () => {
  lab = await emulator();
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  lab?.stop();
});

async function open(more) {
  const created = await lab.call("/link/token/create", link({ hosted_link: {}, ...more }));
  const page = await chromium.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(created.hosted_link_url);
  const sessions = async () => (await lab.call("/link/token/get", { link_token: created.link_token })).link_sessions;
  return { page, sessions };
}

test("a person links accounts by keyboard alone", async () => {
  const { page, sessions } = await open();
  await page.setJavaScriptEnabled(true);
  assert.match(await text(page), /EMULATOR/);
  await tabTo(page, "#q");
  await page.keyboard.type("bank of america");
  await press(page, "Enter");
  await tabTo(page, "button[value=ins_1]");
  await press(page, "Enter");
  await tabTo(page, "#username");
  await page.keyboard.type("user_good");
  await tabTo(page, "#password");
  await page.keyboard.type("wrong");
  await press(page, "Enter");
  assert.match(await text(page), /INVALID_CREDENTIALS/);
  await tabTo(page, "#password");
  await page.keyboard.type("pass_good");
  await press(page, "Enter");
  await tabTo(page, "input[type=radio]");
  await page.keyboard.press("Space");
  await press(page, "Enter");
  await tabTo(page, "#answer0");
  await page.keyboard.type("0000");
  await press(page, "Enter");
  assert.match(await text(page), /INVALID_MFA/);
  await tabTo(page, "#answer0");
  await page.keyboard.type("1234");
  await press(page, "Enter");
  await tabTo(page, "input[value='0000']");
  await page.keyboard.press("Space");
  await tabTo(page, "button.main");
  await press(page, "Enter");
  assert.match(await text(page), /Your accounts are linked/);
  const [session] = await sessions();
  const { accounts } = session.on_success.metadata;
  assert.equal(accounts.length, 13);
  assert.ok(accounts.every(({ mask }) => mask !== "0000"), "the first account was not chosen");
  await page.close();
});

test("the pages work without scripts, and an exit carries the error", async () => {
  const { page, sessions } = await open();
  await follow(page, "button[value=ins_109508]");
  await page.type("#username", "user_good");
  await page.type("#password", "error_ITEM_LOCKED");
  await follow(page, "button.main");
  await follow(page, "#leave button");
  const [session] = await sessions();
  assert.equal(session.exit.error.error_code, "ITEM_LOCKED");
  assert.equal(session.exit.metadata.status, "requires_credentials");
  await page.close();
});

test("a way back leads to another institution, and a bank's page shares two accounts", async () => {
  const { page, sessions } = await open();
  await follow(page, "button[value=ins_109509]");
  await follow(page, "button[formaction*='/back']");
  await follow(page, "button[value=ins_127287]");
  await page.type("#username", "user_good");
  await page.type("#password", "anything");
  await follow(page, "button.main");
  await follow(page, "button.main");
  const [session] = await sessions();
  assert.deepEqual(session.on_success.metadata.accounts.map(({ mask }) => mask), ["0000", "1111"]);
  await page.close();
});
