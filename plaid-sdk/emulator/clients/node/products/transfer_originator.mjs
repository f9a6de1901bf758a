// Platforms: a business that moves money for others is reviewed first.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { access_token, account_id } = await linkAccount(client, ["transfer"]);
  const { data: created } = await client.transferOriginatorCreate({ company_name: "Marketplace of Shannon" });
  const originator_id = created.originator_client_id;
  const found = (await client.transferOriginatorGet({ originator_client_id: originator_id })).data.originator;
  assert.deepEqual([found.company_name, found.transfer_diligence_status], ["Marketplace of Shannon", "not_submitted"]);
  const { data: questionnaire } = await client.transferQuestionnaireCreate({
    originator_client_id: originator_id,
    redirect_uri: "https://example.com/done",
  });
  assert.ok(questionnaire.onboarding_url.startsWith("http"));
  await client.transferDiligenceSubmit({
    originator_client_id: originator_id,
    originator_diligence: {
      dba: "Marketplace",
      tax_id: "123456789",
      debit_usage_configuration: {
        expected_frequency: "once_per_month",
        expected_highest_amount: "500.00",
        expected_average_amount: "250.00",
        expected_monthly_amount: "25000.00",
        sec_codes: ["ccd"],
      },
      address: {
        city: "San Francisco",
        street: "100 Market Street",
        region: "CA",
        postal_code: "94103",
        country_code: "US",
      },
      website: "https://example.com",
      naics_code: "561790",
      funding_account: { access_token, account_id },
    },
  });
  assert.equal(
    (await client.transferOriginatorGet({ originator_client_id: originator_id })).data.originator
      .transfer_diligence_status,
    "under_review",
  );
  const document = { originator_client_id: originator_id, file: "%PDF-1.7", purpose: "DUE_DILIGENCE" };
  await client.transferDiligenceDocumentUpload(document);
  await refused("INVALID_FIELD", client.transferDiligenceDocumentUpload({ ...document, file: "" }));
  await plaid.control("POST", `originators/${originator_id}/review`, { status: "approved" });
  // After the decision nothing more is read.
  await refused("INVALID_FIELD", client.transferDiligenceDocumentUpload(document));
  assert.equal(
    (await client.transferOriginatorGet({ originator_client_id: originator_id })).data.originator
      .transfer_diligence_status,
    "approved",
  );

  // The Sandbox has an originator in each state.
  const { originators } = (await client.transferOriginatorList({ count: 25, offset: 0 })).data;
  const states = originators
    .filter((one) => one.client_id !== originator_id)
    .map((one) => one.transfer_diligence_status);
  assert.deepEqual([...states].sort(), ["approved", "denied", "more_information_required", "under_review"]);
  await refused(
    "TRANSFER_ORIGINATOR_NOT_FOUND",
    client.transferOriginatorGet({ originator_client_id: "555555555555555555555555" }),
  );
}
