// The older product for income: what a user's payroll has, by the verification or by the Item.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkToken, refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_token } = (await client.userCreate({ client_user_id: "ann" })).data;
  const { income_verification_id } = (await client.incomeVerificationCreate({ webhook: "https://example.com/webhook" }))
    .data;
  // Nobody has been through Link for it.
  await refused("PRODUCT_NOT_READY", client.incomeVerificationPaystubsGet({ income_verification_id }));
  const token = await linkToken(client, {
    products: ["income_verification"],
    user_token,
    income_verification: { income_source_types: ["payroll"], income_verification_id },
  });
  const { public_token } = await plaid.completeLink(token);
  const { access_token } = (await client.itemPublicTokenExchange({ public_token })).data;

  const { data: found } = await client.incomeVerificationPaystubsGet({ income_verification_id });
  const { data: same } = await client.incomeVerificationPaystubsGet({ access_token });
  assert.deepEqual(same.paystubs, found.paystubs);
  const [stub] = found.paystubs;
  assert.equal(stub.doc_id, found.document_metadata[0].doc_id);
  assert.deepEqual(
    [stub.employer.name, stub.pay_period_details.pay_frequency],
    ["Platypus Industries", "PAY_FREQUENCY_BIWEEKLY"],
  );
  assert.equal(stub.pay_period_details.check_amount, stub.net_pay.current_amount);
  const [form] = (await client.incomeVerificationTaxformsGet({ access_token })).data.taxforms;
  assert.deepEqual([form.document_type, form.w2.tax_year], ["w2", "2025"]);
  const [job] = (await client.employmentVerificationGet({ access_token })).data.employments;
  assert.deepEqual([job.employer.name, job.status], ["Platypus Industries", "EMPLOYMENT_STATUS_ACTIVE"]);

  // All documents come in one archive: two pay stubs and a tax form.
  const download = (wanted) =>
    client.incomeVerificationDocumentsDownload({ access_token, ...wanted }, { responseType: "arraybuffer" });
  const archive = async (wanted) => Buffer.from((await download(wanted)).data).toString("latin1");
  const [all, one] = [await archive({}), await archive({ document_id: stub.doc_id })];
  const files = (content) => content.split("%PDF-").length - 1;
  assert.deepEqual([all.slice(0, 2), files(all), files(one)], ["PK", 3, 1]);
  await refused(
    "INCOME_VERIFICATION_DOCUMENT_NOT_FOUND",
    client.incomeVerificationDocumentsDownload({ access_token, document_id: "nothing" }),
  );
}
