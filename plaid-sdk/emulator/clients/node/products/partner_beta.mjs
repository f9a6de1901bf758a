// Partners, the newer operations: what a customer still has to say is listed, and then the customer is enabled.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const made = (
    await client.betaPartnerCustomerV1Create({
      company_name: "Ants Inc.",
      application_name: "Ants",
      is_diligence_attested: true,
      website: "https://example.com",
      address: { city: "Malakoff", country_code: "US", postal_code: "14236", region: "NY", street: "1 Main St." },
      customer_support_info: { email: "help@example.com" },
    })
  ).data.end_customer;
  const customer = (await client.betaPartnerCustomerV1Get({ end_customer_client_id: made.client_id })).data
    .end_customer;
  assert.equal(customer.status, "MORE_INFORMATION_NEEDED");
  const due = customer.requirements_due;
  assert.deepEqual([...due].sort(), ["bank_addendum_acceptance", "legal_entity_name"]);
  await refused(
    "CUSTOMER_NOT_READY_FOR_ENABLEMENT",
    client.betaPartnerCustomerV1Enable({ end_customer_client_id: made.client_id }),
  );
  await client.betaPartnerCustomerV1Update({
    end_customer_client_id: made.client_id,
    legal_entity_name: "Ants Incorporated",
    bank_addendum_acceptance: { customer_accepted: true },
  });
  const ready = (await client.betaPartnerCustomerV1Get({ end_customer_client_id: made.client_id })).data.end_customer;
  assert.deepEqual([ready.status, ready.requirements_due], ["PENDING_ENABLEMENT", []]);
  const { data: enabled } = await client.betaPartnerCustomerV1Enable({ end_customer_client_id: made.client_id });
  assert.equal(enabled.status, "ACTIVE");
}
