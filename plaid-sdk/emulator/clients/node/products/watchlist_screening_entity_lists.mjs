// Monitor for organizations: what was screened is found again, with its history, its program and its reviews.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  const [{ id: program }] = (await client.watchlistScreeningEntityProgramList({})).data.entity_watchlist_programs;
  const { data: found } = await client.watchlistScreeningEntityProgramGet({ entity_watchlist_program_id: program });
  assert.equal(found.id, program);
  const { data: screening } = await client.watchlistScreeningEntityCreate({
    search_terms: { entity_watchlist_program_id: program, legal_name: "Acme Tools" },
    client_user_id: "acme",
  });
  const named = { entity_watchlist_screening_id: screening.id };
  assert.equal((await client.watchlistScreeningEntityGet(named)).data.status, "cleared");
  const listed = await client.watchlistScreeningEntityList({
    entity_watchlist_program_id: program,
    client_user_id: "acme",
  });
  assert.deepEqual(
    listed.data.entity_watchlist_screenings.map((one) => one.id),
    [screening.id],
  );

  await client.watchlistScreeningEntityReviewCreate({
    ...named,
    confirmed_hits: [],
    dismissed_hits: [],
    comment: "known for years",
  });
  const reviews = (await client.watchlistScreeningEntityReviewList(named)).data.entity_watchlist_screening_reviews;
  assert.deepEqual(
    reviews.map((one) => one.comment),
    ["known for years"],
  );
  await client.watchlistScreeningEntityUpdate({ ...named, status: "rejected" });
  const history = (await client.watchlistScreeningEntityHistoryList(named)).data.entity_watchlist_screenings;
  assert.deepEqual(
    history.map((one) => one.status),
    ["rejected", "cleared"],
  );
  const unknown = { entity_watchlist_screening_id: "entscr_11111111111111" };
  await refused("INVALID_FIELD", client.watchlistScreeningEntityGet(unknown));
}
