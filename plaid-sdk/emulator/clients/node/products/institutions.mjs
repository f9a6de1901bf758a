// Institutions: the banks that a user can choose from.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { data: page } = await client.institutionsGet({ count: 3, offset: 0, country_codes: ["US"] });
  assert.equal(page.institutions.length, 3);
  assert.ok(page.total > 50);
  const { data: next_page } = await client.institutionsGet({ count: 3, offset: 3, country_codes: ["US"] });
  assert.notEqual(next_page.institutions[0].institution_id, page.institutions[0].institution_id);

  const [bank] = (
    await client.institutionsSearch({ query: "First Platypus Bank", products: ["auth"], country_codes: ["US"] })
  ).data.institutions;
  assert.equal(bank.institution_id, "ins_109508");
  const found = (
    await client.institutionsGetById({
      institution_id: "ins_109508",
      country_codes: ["US"],
      options: { include_optional_metadata: true, include_status: true },
    })
  ).data.institution;
  assert.equal(found.name, "First Platypus Bank");
  assert.equal(found.status.item_logins.status, "HEALTHY");
  assert.ok(!found.oauth);
  assert.ok(
    (await client.institutionsGetById({ institution_id: "ins_127287", country_codes: ["US"] })).data.institution.oauth,
  );
  await refused("INVALID_INSTITUTION", client.institutionsGetById({ institution_id: "ins_0", country_codes: ["US"] }));
}
