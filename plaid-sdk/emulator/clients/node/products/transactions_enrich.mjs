// Enrichment: descriptions of an application's own transactions become merchants and categories.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const rows = (
    await client.transactionsEnrich({
      account_type: "credit",
      transactions: [
        {
          id: "1",
          description: "UBER 072515 SF**POOL**",
          amount: 6.33,
          direction: "OUTFLOW",
          iso_currency_code: "USD",
        },
        { id: "2", description: "ACME PAYROLL", amount: 900.0, direction: "INFLOW", iso_currency_code: "USD" },
      ],
    })
  ).data.enriched_transactions;
  const [ride, pay] = rows.map((row) => row.enrichments);
  assert.deepEqual([ride.merchant_name, ride.website], ["Uber", "uber.com"]);
  assert.equal(ride.personal_finance_category.detailed, "TRANSPORTATION_TAXIS_AND_RIDE_SHARES");
  assert.equal(pay.personal_finance_category.primary, "INCOME");

  // The older operation has the sign of an amount for a direction, and the older categories.
  const { enhanced_transactions } = (
    await client.transactionsEnhance({
      account_type: "credit",
      transactions: [
        { id: "1", description: "UBER 072515 SF**POOL**", amount: 6.33, iso_currency_code: "USD" },
        { id: "2", description: "ACME PAYROLL", amount: -900.0, iso_currency_code: "USD" },
      ],
    })
  ).data;
  const older = enhanced_transactions.map((row) => row.enhancements);
  assert.deepEqual([older[0].merchant_name, older[0].category], ["Uber", ["Travel", "Taxi"]]);
  assert.equal(older[1].personal_finance_category.primary, "INCOME");
  await refused(
    "INVALID_FIELD",
    client.transactionsEnrich({
      account_type: "loan",
      transactions: [
        { id: "1", description: "Starbucks", amount: 4.33, direction: "OUTFLOW", iso_currency_code: "USD" },
      ],
    }),
  );
}
