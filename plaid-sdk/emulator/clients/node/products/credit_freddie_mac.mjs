// Reports for Freddie Mac: one copy of two asset reports, in the form of its loans.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { isPdf, link, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["assets"]);
  const order = async (client_report_id) => {
    const { data: created } = await client.assetReportCreate({
      access_tokens: [access_token],
      days_requested: 30,
      options: { client_report_id, webhook: receiver.url },
    });
    await receiver.wait("PRODUCT_READY", { asset_report_id: created.asset_report_id });
    return created.asset_report_token;
  };
  const [first, second] = [await order("loan-7"), await order("loan-8")];
  const { audit_copy_token } = (await client.creditAuditCopyTokenCreate({ report_tokens: [first, second] })).data;
  const all = (await client.creditFreddieMacReportsGet({ audit_copy_token })).data.DEAL;
  assert.equal(all.SERVICES.SERVICE.VERIFICATION_OF_ASSET.length, 2);
  const one = (await client.creditAssetReportFreddieMacGet({ audit_copy_token })).data.DEAL;
  assert.equal(one.LOANS.LOAN.LOAN_IDENTIFIERS.LOAN_IDENTIFIER.LoanIdentifier, "loan-7");
  const copy = await client.assetReportAuditCopyPdfGet({ audit_copy_token }, { responseType: "arraybuffer" });
  assert.ok(isPdf(copy.data));
  await client.creditReportAuditCopyRemove({ audit_copy_token });
  await refused("INVALID_AUDIT_COPY_TOKEN", client.creditFreddieMacReportsGet({ audit_copy_token }));
}
