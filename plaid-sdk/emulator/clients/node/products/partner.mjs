// Partners: a reseller's customer is reviewed, enabled, and registered at banks.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

/** A customer about whom all is said. */
async function customer(client, name) {
  return (
    await client.partnerCustomerCreate({
      company_name: "Ants Inc.",
      application_name: name,
      legal_entity_name: "Ants Incorporated",
      website: "https://example.com",
      is_diligence_attested: true,
      is_bank_addendum_completed: true,
      address: { city: "Malakoff", country_code: "US", postal_code: "14236", region: "NY", street: "1 Main St." },
    })
  ).data.end_customer;
}

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  await plaid.control("POST", "dashboard", { webhook: receiver.url });
  const made = await customer(client, "Ants");
  assert.deepEqual([made.company_name, made.client_id.length], ["Ants Inc.", 24]);
  const found = (await client.partnerCustomerGet({ end_customer_client_id: made.client_id })).data.end_customer;
  assert.equal(found.status, "PENDING_ENABLEMENT");
  const { data: enabled } = await client.partnerCustomerEnable({ end_customer_client_id: made.client_id });
  assert.equal(enabled.production_secret, made.secrets.production);
  assert.equal(
    (await client.partnerCustomerGet({ end_customer_client_id: made.client_id })).data.end_customer.status,
    "ACTIVE",
  );
  const registered = await receiver.wait("END_CUSTOMER_OAUTH_STATUS_UPDATED", {
    end_customer_client_id: made.client_id,
    status: "enabled",
  });
  const banks = (await client.partnerCustomerOauthInstitutionsGet({ end_customer_client_id: made.client_id })).data
    .institutions;
  const bank = banks.find((one) => one.institution_id === registered.institution_id);
  assert.equal(bank.environments.production, "ENABLED");
  await refused("CUSTOMER_ALREADY_ENABLED", client.partnerCustomerEnable({ end_customer_client_id: made.client_id }));

  // Another one is removed before it is enabled.
  const other = await customer(client, "Bees");
  await client.partnerCustomerRemove({ end_customer_client_id: other.client_id });
  await refused("CUSTOMER_NOT_FOUND", client.partnerCustomerGet({ end_customer_client_id: other.client_id }));
}
