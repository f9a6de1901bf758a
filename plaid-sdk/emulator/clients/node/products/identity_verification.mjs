// Identity verification: a user passes, another one fails the check and gets a second attempt.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

/** An attempt of a user, which starts with the phone. */
async function verify(client, name) {
  return (
    await client.identityVerificationCreate({
      client_user_id: name,
      template_id: "idvtmp_1",
      is_shareable: true,
      gave_consent: true,
    })
  ).data;
}

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  await plaid.control("POST", "dashboard/webhook", { url: receiver.url });
  const started = await verify(client, "leslie");
  assert.deepEqual([started.status, started.steps.verify_sms], ["active", "active"]);
  assert.notEqual(started.shareable_url, null);
  // The Sandbox knows one person, and one code.
  await plaid.control("POST", "identity_verification/phone", {
    identity_verification_id: started.id,
    phone_number: "+12345678909",
  });
  await plaid.control("POST", "identity_verification/code", { identity_verification_id: started.id, code: "11111" });
  const address = { street: "123 Main St.", city: "Pawnee", region: "IN", postal_code: "46001", country: "US" };
  const person = {
    name: { given_name: "Leslie", family_name: "Knope" },
    date_of_birth: "1975-01-18",
    email_address: "knope1975@gmail.com",
    id_number: { value: "123456788", type: "us_ssn" },
    address,
  };
  await plaid.control("POST", "identity_verification/data", { identity_verification_id: started.id, user: person });
  await receiver.wait("STATUS_UPDATED", { identity_verification_id: started.id });
  const { data: passed } = await client.identityVerificationGet({ identity_verification_id: started.id });
  assert.deepEqual(
    [passed.status, passed.steps.kyc_check, passed.kyc_check.name.summary],
    ["success", "success", "match"],
  );

  // Another name does not fit the rest, so documents are asked for. None of three is good.
  const failing = await verify(client, "ron");
  await plaid.control("POST", "identity_verification/phone", {
    identity_verification_id: failing.id,
    phone_number: "+14155550123",
  });
  await plaid.control("POST", "identity_verification/code", { identity_verification_id: failing.id, code: "11111" });
  const other = { ...person, name: { given_name: "Ron", family_name: "Swanson" } };
  await plaid.control("POST", "identity_verification/data", { identity_verification_id: failing.id, user: other });
  for (const number of [1, 2, 3]) {
    await plaid.control("POST", "identity_verification/document", {
      identity_verification_id: failing.id,
      category: "passport",
    });
  }
  const { data: failed } = await client.identityVerificationGet({ identity_verification_id: failing.id });
  assert.deepEqual([failed.status, failed.kyc_check.name.summary], ["failed", "no_match"]);
  assert.deepEqual(
    failed.documentary_verification.documents.map((one) => one.attempt),
    [1, 2, 3],
  );

  const { data: retried } = await client.identityVerificationRetry({
    client_user_id: "ron",
    template_id: "idvtmp_1",
    strategy: "reset",
  });
  assert.deepEqual([retried.previous_attempt_id, retried.status], [failing.id, "active"]);
  await receiver.wait("RETRIED", { identity_verification_id: retried.id });
  const attempts = (await client.identityVerificationList({ client_user_id: "ron", template_id: "idvtmp_1" })).data
    .identity_verifications;
  assert.deepEqual(
    attempts.map((one) => one.id),
    [retried.id, failing.id],
  );
  await refused("INVALID_FIELD", client.identityVerificationGet({ identity_verification_id: "idv_unknown" }));
}
