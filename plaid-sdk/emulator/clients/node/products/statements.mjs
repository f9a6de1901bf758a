// Statements: the files that a bank issued in the last months.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { isPdf, linkToken, refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const token = await linkToken(client, {
    products: ["statements"],
    webhook: receiver.url,
    statements: { start_date: "2026-09-01", end_date: "2026-11-30" },
  });
  const { public_token } = await plaid.completeLink(token);
  const { access_token } = (await client.itemPublicTokenExchange({ public_token })).data;
  const { data: found } = await client.statementsList({ access_token });
  assert.equal(found.institution_name, "First Platypus Bank");
  const checking = found.accounts[0];
  assert.deepEqual(
    checking.statements.map((one) => [one.year, one.month]),
    [
      [2026, 11],
      [2026, 10],
      [2026, 9],
    ],
  );
  const october = (
    await client.statementsDownload(
      { access_token, statement_id: checking.statements[1].statement_id },
      { responseType: "arraybuffer" },
    )
  ).data;
  assert.ok(isPdf(october));

  await client.statementsRefresh({ access_token, start_date: "2026-07-01", end_date: "2026-11-30" });
  assert.equal((await receiver.wait("STATEMENTS_REFRESH_COMPLETE")).result, "SUCCESS");
  assert.equal((await client.statementsList({ access_token })).data.accounts[0].statements.length, 5);
  await refused("INVALID_FIELD", client.statementsDownload({ access_token, statement_id: "unknown" }));
}
