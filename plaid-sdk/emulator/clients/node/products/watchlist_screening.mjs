// Monitor: a person with the name of a sanctioned one is reviewed by hand.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

import { refused } from "../support.mjs";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  await plaid.control("POST", "dashboard/webhook", { url: receiver.url });
  const program = (await client.watchlistScreeningIndividualProgramList({})).data.watchlist_programs[0];
  assert.equal(
    (await client.watchlistScreeningIndividualProgramGet({ watchlist_program_id: program.id })).data.name,
    program.name,
  );
  const { data: clear } = await client.watchlistScreeningIndividualCreate({
    search_terms: { watchlist_program_id: program.id, legal_name: "Leslie Knope" },
    client_user_id: "leslie",
  });
  assert.equal(clear.status, "cleared");
  const { data: screening } = await client.watchlistScreeningIndividualCreate({
    search_terms: {
      watchlist_program_id: program.id,
      legal_name: "Joseph Kony",
      date_of_birth: "1964-09-18",
      country: "US",
    },
    client_user_id: "joseph",
  });
  assert.equal(screening.status, "pending_review");
  const [hit] = (await client.watchlistScreeningIndividualHitList({ watchlist_screening_id: screening.id })).data
    .watchlist_screening_hits;
  assert.deepEqual([hit.analysis.names, hit.analysis.dates_of_birth, hit.list_code], ["match", "match", "US_SDN"]);

  const { data: review } = await client.watchlistScreeningIndividualReviewCreate({
    watchlist_screening_id: screening.id,
    confirmed_hits: [hit.id],
    dismissed_hits: [],
    comment: "The same person",
  });
  assert.deepEqual(review.confirmed_hits, [hit.id]);
  const reviews = (await client.watchlistScreeningIndividualReviewList({ watchlist_screening_id: screening.id })).data
    .watchlist_screening_reviews;
  assert.deepEqual(
    reviews.map((one) => one.comment),
    ["The same person"],
  );
  const { data: rejected } = await client.watchlistScreeningIndividualUpdate({
    watchlist_screening_id: screening.id,
    status: "rejected",
  });
  assert.equal(rejected.status, "rejected");
  const { data: read } = await client.watchlistScreeningIndividualGet({ watchlist_screening_id: screening.id });
  assert.deepEqual([read.status, read.search_terms.legal_name], ["rejected", "Joseph Kony"]);
  await receiver.wait("STATUS_UPDATED", { screening_id: screening.id });
  const history = (await client.watchlistScreeningIndividualHistoryList({ watchlist_screening_id: screening.id })).data
    .watchlist_screenings;
  assert.equal(history.at(-1).status, "pending_review");
  const listed = (
    await client.watchlistScreeningIndividualList({ watchlist_program_id: program.id, status: "rejected" })
  ).data.watchlist_screenings;
  assert.deepEqual(
    listed.map((one) => one.id),
    [screening.id],
  );
  await refused("INVALID_FIELD", client.watchlistScreeningIndividualGet({ watchlist_screening_id: "scr_unknown" }));
}
