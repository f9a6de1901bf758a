// Webhooks: a signature proves that Plaid sent one, and a body that somebody changed does not pass.

import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";

import { Configuration, PlaidApi } from "plaid";

import { link, refused } from "../support.mjs";

const decoded = (part) => JSON.parse(Buffer.from(part, "base64url").toString());

/** Whether Plaid signed a body. */
async function isSigned(client, body, headers) {
  const [header, claims, signature] = headers["plaid-verification"].split(".");
  const { alg, kid } = decoded(header);
  if (alg !== "ES256") return false;
  const { key } = (await client.webhookVerificationKeyGet({ key_id: kid })).data;
  const publicKey = createPublicKey({ key, format: "jwk" });
  const signed = Buffer.from(`${header}.${claims}`);
  const options = { key: publicKey, dsaEncoding: "ieee-p1363" };
  if (!verify("sha256", signed, options, Buffer.from(signature, "base64url"))) return false;
  // An application also refuses what was signed more than five minutes ago. The clock of this scenario stands still.
  return decoded(claims).request_body_sha256 === createHash("sha256").update(body).digest("hex");
}

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["auth"], { webhook: receiver.url });
  await client.sandboxItemFireWebhook({ access_token, webhook_code: "NEW_ACCOUNTS_AVAILABLE" });
  const { payload, body, headers } = await receiver.receive("NEW_ACCOUNTS_AVAILABLE");
  assert.deepEqual([payload.webhook_type, payload.environment], ["ITEM", "sandbox"]);
  assert.ok(await isSigned(client, body, headers));
  assert.ok(!(await isSigned(client, body.toString().replace("ITEM", "AUTH"), headers)));
  assert.deepEqual(JSON.parse(body), payload);

  // Keys are replaced now and then. The old one is still known, and says when it ended.
  const { kid } = decoded(headers["plaid-verification"].split(".")[0]);
  await plaid.control("POST", "webhooks/rotate_key");
  const { key: ended } = (await client.webhookVerificationKeyGet({ key_id: kid })).data;
  assert.ok(ended.expired_at);
  await refused("INVALID_WEBHOOK_VERIFICATION_KEY_ID", client.webhookVerificationKeyGet({ key_id: "unknown" }));
}
