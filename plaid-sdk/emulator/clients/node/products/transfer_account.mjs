// Accounts for Transfer: what a bank's network can do, and accounts whose numbers are known already.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkAccount, refused } from "../support.mjs";
import { authorize } from "../transfers.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { access_token, account_id } = await linkAccount(client, ["transfer"]);
  const able = (await client.transferCapabilitiesGet({ access_token, account_id })).data.institution_supported_networks;
  assert.ok(able.rtp.credit);
  const { data: limits } = await client.transferConfigurationGet({});
  assert.ok(limits.max_single_transfer_amount > 0);

  const { data: migrated } = await client.transferMigrateAccount({
    account_number: "100000000",
    routing_number: "121122676",
    account_type: "checking",
  });
  const account = { access_token: migrated.access_token, account_id: migrated.account_id };
  const decided = await authorize(client, account, "5000.00", { ach_class: "ppd" });
  assert.deepEqual([decided.decision, decided.decision_rationale.code], ["approved", "MIGRATED_ACCOUNT_ITEM"]);
  await client.transferAuthorizationCancel({ authorization_id: decided.id });
  await refused(
    "INVALID_FIELD",
    client.transferCreate({ ...account, authorization_id: decided.id, description: "order 7" }),
  );
  await refused(
    "PRODUCTS_NOT_SUPPORTED",
    client.transactionsGet({ access_token: migrated.access_token, start_date: "2026-11-01", end_date: "2026-11-30" }),
  );
}
