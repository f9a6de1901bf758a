// OAuth: tokens for Plaid's own services, their scopes and their end.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const { user_token } = (await client.userCreate({ client_user_id: "ann" })).data;
  const { data: issued } = await client.oauthToken({
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: user_token,
    subject_token_type: "urn:plaid:params:tokens:user",
    audience: plaid.clientId,
    scope: "user:read exchange",
  });
  assert.deepEqual([issued.token_type, issued.expires_in], ["Bearer", 900]);
  const { data: shown } = await client.oauthIntrospect({ token: issued.access_token });
  assert.deepEqual([shown.active, shown.scope, shown.client_id], [true, "user:read exchange", plaid.clientId]);

  // After a quarter of an hour the access token has ended, and the refresh token gives another one.
  await plaid.advance(900);
  assert.ok(!(await client.oauthIntrospect({ token: issued.access_token })).data.active);
  const { data: again } = await client.oauthToken({
    grant_type: "refresh_token",
    refresh_token: issued.refresh_token,
    scope: "user:read",
  });
  assert.equal((await client.oauthIntrospect({ token: again.access_token })).data.scope, "user:read");
  await refused(
    "INVALID_FIELD",
    client.oauthToken({ grant_type: "refresh_token", refresh_token: issued.refresh_token, scope: "user:write" }),
  );
  await client.oauthRevoke({ token: issued.refresh_token });
  assert.ok(!(await client.oauthIntrospect({ token: again.access_token })).data.active);
}
