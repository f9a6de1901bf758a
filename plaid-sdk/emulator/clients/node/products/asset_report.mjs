// Assets: a lender orders a report, reads it when it is ready, and shares a copy.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { isPdf, link, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["assets"]);
  const { data: created } = await client.assetReportCreate({
    access_tokens: [access_token],
    days_requested: 60,
    options: { client_report_id: "loan-7", webhook: receiver.url },
  });
  const token = created.asset_report_token;
  const ready = await receiver.wait("PRODUCT_READY", { asset_report_id: created.asset_report_id });
  assert.deepEqual([ready.webhook_type, ready.report_type], ["ASSETS", "FULL"]);

  const { report } = (await client.assetReportGet({ asset_report_token: token })).data;
  assert.deepEqual([report.client_report_id, report.days_requested], ["loan-7", 60]);
  const [item] = report.items;
  assert.equal(item.accounts.length, 14);
  const checking = item.accounts[0];
  assert.equal(checking.balances.current, 110);
  assert.deepEqual(checking.owners[0].names, ["Alberta Bobbeth Charleson"]);
  // The days of history end with the balance of today.
  assert.equal(checking.historical_balances[0].current, 110);
  assert.equal(checking.historical_balances.length, 60);
  const pdf = (await client.assetReportPdfGet({ asset_report_token: token }, { responseType: "arraybuffer" })).data;
  assert.ok(isPdf(pdf));

  // A report without an account is another report.
  const { data: filtered } = await client.assetReportFilter({
    asset_report_token: token,
    account_ids_to_exclude: [checking.account_id],
  });
  await receiver.wait("PRODUCT_READY", { asset_report_id: filtered.asset_report_id });
  const shorter = (await client.assetReportGet({ asset_report_token: filtered.asset_report_token })).data.report;
  assert.equal(shorter.items[0].accounts.length, 13);
  const { data: refreshed } = await client.assetReportRefresh({ asset_report_token: token, days_requested: 30 });
  await receiver.wait("PRODUCT_READY", { asset_report_id: refreshed.asset_report_id });
  assert.notEqual(refreshed.asset_report_id, created.asset_report_id);

  // A copy for an auditor ends with its token.
  const { data: copy } = await client.assetReportAuditCopyCreate({
    asset_report_token: token,
    auditor_id: "fannie_mae",
  });
  const read = (await client.assetReportAuditCopyGet({ audit_copy_token: copy.audit_copy_token })).data.report;
  assert.equal(read.asset_report_id, created.asset_report_id);
  await client.assetReportAuditCopyRemove({ audit_copy_token: copy.audit_copy_token });
  await refused(
    "INVALID_AUDIT_COPY_TOKEN",
    client.assetReportAuditCopyGet({ audit_copy_token: copy.audit_copy_token }),
  );

  assert.ok((await client.assetReportRemove({ asset_report_token: token })).data.removed);
  await refused("INVALID_FIELD", client.assetReportGet({ asset_report_token: token }));
}
