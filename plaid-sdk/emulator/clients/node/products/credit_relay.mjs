// Relays and audit copies of income and asset reports: what others may read, and for how long.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { isPdf, link, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const access_token = await link(client, ["assets"]);
  const { data: created } = await client.assetReportCreate({
    access_tokens: [access_token],
    days_requested: 30,
    options: { webhook: receiver.url },
  });
  await receiver.wait("PRODUCT_READY", { asset_report_id: created.asset_report_id });
  const { data: relay } = await client.creditRelayCreate({
    report_tokens: [created.asset_report_token],
    secondary_client_id: "abcdefabcdefabcdefabcdef",
    webhook: receiver.url,
  });
  const { report } = (await client.creditRelayGet({ relay_token: relay.relay_token, report_type: "asset" })).data;
  assert.equal(report.asset_report_id, created.asset_report_id);
  assert.ok(
    isPdf(
      (
        await client.creditRelayPdfGet(
          { relay_token: relay.relay_token, report_type: "asset" },
          { responseType: "arraybuffer" },
        )
      ).data,
    ),
  );
  const { data: refreshed } = await client.creditRelayRefresh({
    relay_token: relay.relay_token,
    report_type: "asset",
    webhook: receiver.url,
  });
  assert.equal(refreshed.relay_token, relay.relay_token);
  assert.ok((await client.creditRelayRemove({ relay_token: relay.relay_token })).data.removed);
  await refused("INVALID_FIELD", client.creditRelayGet({ relay_token: relay.relay_token, report_type: "asset" }));

  const { data: copy } = await client.creditAuditCopyTokenCreate({ report_tokens: [created.asset_report_token] });
  const { data: updated } = await client.creditAuditCopyTokenUpdate({
    audit_copy_token: copy.audit_copy_token,
    report_tokens: [created.asset_report_token],
  });
  assert.ok(updated.updated);
  assert.ok((await client.creditReportAuditCopyRemove({ audit_copy_token: copy.audit_copy_token })).data.removed);
}
