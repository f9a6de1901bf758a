// Platforms: a business agrees to the terms, tells about its people, and is asked for the rest.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { originator_client_id } = (await client.transferOriginatorCreate({ company_name: "Acme" })).data;
  await client.transferPlatformOriginatorCreate({
    originator_client_id,
    tos_acceptance_metadata: {
      agreement_accepted: true,
      originator_ip_address: "192.0.2.42",
      agreement_accepted_at: "2026-09-14T14:42:19.350Z",
    },
    originator_reviewed_at: "2026-07-29T20:22:21Z",
    webhook: receiver.url,
  });
  await receiver.wait("PLATFORM_ONBOARDING_UPDATE", { originator_client_id });
  await client.transferPlatformPersonCreate({
    originator_client_id,
    name: { given_name: "Ann", family_name: "Lee" },
    email_address: "ann@example.com",
    phone_number: "+14155550015",
    date_of_birth: "1990-01-31",
    relationship_to_originator: "BENEFICIAL_OWNER",
    ownership_percentage: 30,
    id_number: { value: "123456789", type: "us_ssn" },
  });
  const get = async () => (await client.transferOriginatorGet({ originator_client_id })).data.originator;
  const asked = (await get()).outstanding_requirements;
  assert.ok(asked.some((one) => one.requirement_type === "PERSON_ADDRESS"));
  await client.transferPlatformRequirementSubmit({
    originator_client_id,
    requirement_submissions: asked.map(({ requirement_type, person_id }) => ({
      requirement_type,
      value: "told",
      ...(person_id && { person_id }),
    })),
  });
  assert.equal((await get()).transfer_diligence_status, "under_review");

  const { access_token, account_id } = await linkAccount(client, ["transfer"]);
  const funding = { originator_client_id, funding_account: { access_token, account_id } };
  const { data: created } = await client.transferOriginatorFundingAccountCreate(funding);
  assert.ok(created.funding_account_id);
  await client.transferOriginatorFundingAccountUpdate(funding);
  await refused(
    "TRANSFER_ORIGINATOR_NOT_FOUND",
    client.transferOriginatorFundingAccountCreate({ ...funding, originator_client_id: "5".repeat(24) }),
  );
}
