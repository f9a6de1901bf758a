// Banks with a login page of their own: the user chooses accounts there, and comes back to the application.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { linkToken, refused } from "../support.mjs";

// A bank with such a page.
const BANK = "ins_127287";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const login = async (link_token) => {
    await plaid.control("POST", "link/open", { link_token });
    await plaid.control("POST", "link/select", { link_token, institution_id: BANK });
    const session = await plaid.control("POST", "link/login", { link_token });
    return new URL(session.received_redirect_uri).searchParams;
  };
  const redirect_uri = "https://example.com/back";

  const token = await linkToken(client, { products: ["transactions"], redirect_uri });
  const oauth_state_id = (await login(token)).get("oauth_state_id");
  await refused("INVALID_FIELD", client.sandboxOauthSelectAccounts({ oauth_state_id, accounts: ["9999"] }));
  await client.sandboxOauthSelectAccounts({ oauth_state_id, accounts: ["1111"] });
  const [session] = (await client.linkTokenGet({ link_token: token })).data.link_sessions;
  const { public_token } = session.on_success;
  const { access_token } = (await client.itemPublicTokenExchange({ public_token })).data;
  const { accounts } = (await client.accountsGet({ access_token })).data;
  assert.deepEqual(
    accounts.map((account) => account.mask),
    ["1111"],
  );

  // Who pays may come back in another browser, which knows the token of the session by an id only.
  const { recipient_id } = (
    await client.paymentInitiationRecipientCreate({ name: "Ann Perkins", iban: "GB29NWBK60161331926819" })
  ).data;
  const { payment_id } = (
    await client.paymentInitiationPaymentCreate({
      recipient_id,
      reference: "rent",
      amount: { currency: "GBP", value: 10.5 },
    })
  ).data;
  const paying = await linkToken(client, {
    country_codes: ["GB"],
    products: ["payment_initiation"],
    payment_initiation: { payment_id },
    redirect_uri,
  });
  const link_correlation_id = (await login(paying)).get("link_correlation_id");
  assert.equal((await client.linkOauthCorrelationIdExchange({ link_correlation_id })).data.link_token, paying);
  await plaid.advance(30 * 60);
  await refused("INVALID_FIELD", client.linkOauthCorrelationIdExchange({ link_correlation_id }));
}
