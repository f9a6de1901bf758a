// What the scenarios about income and credit share: users who link a bank or a payroll.

import assert from "node:assert/strict";

import { link, linkToken } from "./support.mjs";

/** Makes a user with an Item that receives salaries, and waits for the report about them. */
export async function bankIncome(client, receiver) {
  const { user_id, user_token } = (await client.userCreate({ client_user_id: "ann" })).data;
  const { data: created } = await client.sandboxPublicTokenCreate({
    institution_id: "ins_109508",
    initial_products: ["income_verification", "transactions"],
    user_token,
    options: {
      override_username: "user_bank_income",
      override_password: "{}",
      webhook: receiver.url,
      income_verification: { income_source_types: ["bank"], bank_income: { days_requested: 120 } },
    },
  });
  const { item_id } = (await client.itemPublicTokenExchange({ public_token: created.public_token })).data;
  assert.equal((await receiver.wait("BANK_INCOME_COMPLETE")).result, "SUCCESS");
  return { user_id, user_token, item_id };
}

/** Lets a user link a payroll, or upload documents of one, and waits until they were read. Returns the webhook. */
export async function linkPayroll(plaid, client, receiver, user_token, payroll_income) {
  const token = await linkToken(client, {
    products: ["income_verification"],
    user_token,
    webhook: receiver.url,
    income_verification: { income_source_types: ["payroll"], payroll_income },
  });
  await plaid.completeLink(token);
  const done = await receiver.wait("INCOME_VERIFICATION");
  assert.equal(done.verification_status, "VERIFICATION_STATUS_PROCESSING_COMPLETE");
  return done;
}

/** Makes a user about whom a consumer report can be made. */
export async function borrower(client) {
  const { data: user } = await client.userCreate({
    client_user_id: "ann",
    identity: {
      name: { given_name: "Anna", family_name: "Charleston" },
      date_of_birth: "1975-01-18",
      emails: [{ data: "anna@example.com", primary: true }],
      phone_numbers: [{ data: "+14155550011", primary: true }],
      addresses: [
        {
          street_1: "2493 Leisure Lane",
          city: "San Matias",
          region: "CA",
          postal_code: "93405",
          country: "US",
          primary: true,
        },
      ],
    },
  });
  return user;
}

/** Makes an Item without Link and gives it to a user. Returns its access token and its id. */
export async function linkFor(client, user_id) {
  const access_token = await link(client, ["transactions"]);
  const { item_id } = (await client.itemGet({ access_token })).data.item;
  await client.userItemsAssociate({ user_id, item_ids: [item_id] });
  return { access_token, item_id };
}
