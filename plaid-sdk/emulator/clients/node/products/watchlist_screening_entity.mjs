// Monitor for organizations: a screening with a hit, which a reviewer dismisses.

import assert from "node:assert/strict";

import { Configuration, PlaidApi } from "plaid";

export default async function scenario(plaid, receiver) {
  const client = new PlaidApi(new Configuration(plaid.configuration()));
  await plaid.control("POST", "dashboard/webhook", { url: receiver.url });
  const program = (await client.watchlistScreeningEntityProgramList({})).data.entity_watchlist_programs[0];
  const { data: screening } = await client.watchlistScreeningEntityCreate({
    search_terms: { entity_watchlist_program_id: program.id, legal_name: "Islamic Radio And Television Union" },
  });
  assert.equal(screening.status, "pending_review");
  const [hit] = (await client.watchlistScreeningEntityHitList({ entity_watchlist_screening_id: screening.id })).data
    .entity_watchlist_screening_hits;
  assert.equal(hit.analysis.names, "match");
  await client.watchlistScreeningEntityReviewCreate({
    entity_watchlist_screening_id: screening.id,
    confirmed_hits: [],
    dismissed_hits: [hit.id],
  });
  const { data: cleared } = await client.watchlistScreeningEntityUpdate({
    entity_watchlist_screening_id: screening.id,
    status: "cleared",
  });
  assert.equal(cleared.status, "cleared");
  const told = await receiver.wait("STATUS_UPDATED", { entity_screening_id: screening.id });
  assert.equal(told.webhook_type, "ENTITY_SCREENING");
  const [dismissed] = (await client.watchlistScreeningEntityHitList({ entity_watchlist_screening_id: screening.id }))
    .data.entity_watchlist_screening_hits;
  assert.equal(dismissed.review_status, "dismissed");
}
