// Identity Verification: a phone number and a date of birth are enough for a person that Plaid knows.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { data: created } = await client.identityVerificationCreate({
    client_user_id: "leslie",
    is_shareable: false,
    template_id: "idvtmp_4FrXJvfQU3zGUR",
    gave_consent: true,
    user: { phone_number: "+12345678909", date_of_birth: "1975-01-18" },
  });
  const { data: filled } = await client.identityVerificationAutofillCreate({ identity_verification_id: created.id });
  assert.deepEqual([filled.status, filled.user.name.family_name], ["success", "Knope"]);
}
