//! Servers that behave at random: each list and update ends within its limits, and no element is lost or repeated silently.

use plaid_sdk::paging::UpdateEvent;
use plaid_sdk::transfer::{TransferEventSyncRequest, TransferListRequest};
use plaid_sdk::wallet::WalletListRequest;
use plaid_sdk::{Client, Error};

use crate::memory::Memory;
use crate::pages::{event_page, get_page, get_request, read, sync_page, sync_request, transfer_page, wallet_page};

const SEEDS: u64 = 100;
const MAX_PAGES: u32 = 200;

/// A xorshift generator.
struct Random(u64);

impl Random {
    fn seeded(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, end: u64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11).checked_rem(end).unwrap_or(0) as i64
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len() as u64) as usize]
    }

    fn shuffle<T>(&mut self, values: &mut [T]) {
        (1..values.len()).for_each(|at| values.swap(at, self.below(at as u64 + 1) as usize));
    }
}

/// How the cursors of a server lead from page to page.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Cursors {
    /// To a last page.
    End,
    /// Back to an earlier page.
    Back,
    /// On and on, without or with new elements.
    Stale,
    Endless,
}

/// Pages of up to 5 elements that no other page has, sometimes empty; which of them is the last; and how they continue.
struct Chain {
    pages: Vec<Vec<i64>>,
    cursors: Cursors,
    back: usize,
}

impl Chain {
    fn random(random: &mut Random) -> Self {
        let (mut next, count) = (0, 1 + random.below(40));
        let mut page = || {
            let start = next;
            next += random.below(6);
            (start..next).collect::<Vec<_>>()
        };
        let pages: Vec<Vec<i64>> = (0..count).map(|_| page()).collect();
        let cursors = random.pick(&[Cursors::End, Cursors::End, Cursors::Back, Cursors::Stale, Cursors::Endless]);
        Self { back: random.below(pages.len() as u64) as usize, pages, cursors }
    }

    /// The elements of the page at a cursor, and the cursor of the next one.
    fn page(&self, cursor: Option<&str>) -> (Vec<i64>, Option<String>) {
        let at: usize = cursor.map_or(0, |cursor| cursor.trim_start_matches('p').parse().unwrap());
        let last = self.pages.len() - 1;
        let elements = match self.pages.get(at) {
            Some(page) => page.clone(),
            None if self.cursors == Cursors::Endless => vec![1_000_000 + at as i64],
            None => self.pages[self.back].clone(),
        };
        let next = match self.cursors {
            _ if at < last => Some(at + 1),
            Cursors::End => None,
            Cursors::Back => Some(self.back.max(1)),
            Cursors::Stale | Cursors::Endless => Some(at + 1),
        };
        (elements, next.map(|next| format!("p{next}")))
    }

    fn all(&self) -> Vec<i64> {
        self.pages.concat()
    }

    /// Whether what was read, and how it ended, is right.
    fn check(&self, read: &[i64], error: Option<&Error>, seed: u64) {
        let all = self.all();
        match (self.cursors, error) {
            (Cursors::End, None) => assert_eq!(read, all, "seed {seed}"),
            (Cursors::Back, Some(error)) => assert!(error.is_pagination() && all.starts_with(read), "{seed} {error}"),
            (Cursors::Stale, Some(error)) => assert!(error.is_pagination() && read.starts_with(&all), "{seed} {error}"),
            (Cursors::Endless, Some(error)) => assert!(error.is_page_limit() && read.starts_with(&all), "{seed}"),
            (cursors, error) => panic!("seed {seed}: {cursors:?} ended with {error:?}"),
        }
    }
}

#[tokio::test]
async fn lists_by_cursor() {
    for seed in 0..SEEDS {
        let chain = std::sync::Arc::new(Chain::random(&mut Random::seeded(seed)));
        let of_server = chain.clone();
        let server = Memory::answering(move |_, asked| {
            let (elements, next) = of_server.page(asked["cursor"].as_str());
            Ok(wallet_page(elements, next.as_deref()))
        });
        let mut items = server.client().wallet_list(WalletListRequest::new()).items().max_pages(MAX_PAGES);
        let (found, error) = read(&mut items).await;
        let found: Vec<i64> = found.iter().map(|wallet| wallet.wallet_id.parse().unwrap()).collect();
        chain.check(&found, error.as_ref(), seed);
        assert!(server.count() <= MAX_PAGES as usize, "seed {seed}");
    }
}

#[tokio::test]
async fn updates() {
    for seed in 0..SEEDS {
        let mut random = Random::seeded(seed);
        let chain = std::sync::Arc::new(Chain::random(&mut random));
        let of_server = chain.clone();
        let mutates = random.one_in(2);
        let server = Memory::answering(move |_, asked| {
            if mutates && random.one_in(40) {
                return Err("TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION");
            }
            let (elements, next) = of_server.page(asked["cursor"].as_str().filter(|cursor| *cursor != "p0"));
            Ok(sync_page(elements, next.as_deref().unwrap_or("end"), next.is_some()))
        });
        let call = server.client().transactions_sync(sync_request("p0")).update();
        let mut events = call.max_pages(MAX_PAGES).max_restarts(20).events();
        let (mut found, mut restarts) = (Vec::new(), 0);
        let error = loop {
            match events.next_event().await {
                Ok(Some(UpdateEvent::Page(changes))) => {
                    found.extend(changes.added.iter().map(|it| it.transaction_id.parse::<i64>().unwrap()));
                }
                Ok(Some(UpdateEvent::Restart)) => {
                    found.clear();
                    restarts += 1;
                }
                Ok(Some(UpdateEvent::Done { cursor, .. })) => assert_eq!(cursor.as_deref(), Some("end")),
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        // An update can be so long that the data changes each time.
        let changed = error.as_ref().is_some_and(|error| error.code().is_some());
        if !changed {
            chain.check(&found, error.as_ref(), seed);
        }
        assert!(mutates || restarts == 0 && !changed, "seed {seed}");
        assert!(server.count() <= (restarts + 1) * (MAX_PAGES as usize + 1) + 30, "seed {seed}");
    }
}

/// Reads the transactions of a client in pages of this size.
async fn transactions(client: &Client, size: i64) -> (Vec<i64>, Option<Error>) {
    let mut items = client.transactions_get(get_request()).items().page_size(size).max_pages(MAX_PAGES);
    let (found, error) = read(&mut items).await;
    (found.iter().map(|it| it.transaction_id.parse().unwrap()).collect(), error)
}

fn has_no_duplicates(found: &[i64]) -> bool {
    found.iter().collect::<std::collections::HashSet<_>>().len() == found.len()
}

#[tokio::test]
async fn lists_by_offset_that_change_while_they_are_read() {
    let mut complete = 0;
    for seed in 0..SEEDS {
        let mut random = Random::seeded(seed);
        // The newest elements come first.
        let (count, size) = (random.below(150), 3 + random.below(20));
        let (mut rows, mut newest): (Vec<i64>, i64) = ((0..count).rev().collect(), count);
        let kept = std::sync::Arc::new(std::sync::Mutex::new(rows.clone()));
        let of_server = kept.clone();
        let pace = 2 + random.below(6) as u64;
        let server = Memory::answering(move |number, asked| {
            if number > 0 && random.one_in(pace) {
                for _ in 0..random.below(8) {
                    rows.insert(0, newest);
                    newest += 1;
                }
            } else if number > 0 && random.one_in(pace) {
                for _ in 0..random.below(8).min(rows.len() as i64) {
                    let gone = rows.remove(random.below(rows.len() as u64) as usize);
                    of_server.lock().unwrap().retain(|row| *row != gone);
                }
            }
            let start = asked["options"]["offset"].as_u64().unwrap_or(0) as usize;
            let count = asked["options"]["count"].as_u64().unwrap() as usize;
            // Sometimes fewer than requested.
            let count = if random.one_in(5) { count.div_ceil(2) } else { count };
            Ok(get_page(rows.iter().copied().skip(start).take(count), rows.len() as i64))
        });
        let (found, error) = transactions(&server.client(), size).await;
        assert!(has_no_duplicates(&found), "seed {seed}: {found:?}");
        match error {
            None => {
                let missing: Vec<i64> = kept.lock().unwrap().iter().copied().filter(|it| !found.contains(it)).collect();
                assert!(missing.is_empty(), "seed {seed} misses {missing:?}");
                complete += 1;
            }
            Some(error) => assert!(error.is_pagination(), "seed {seed}: {error}"),
        }
        assert!(server.count() < 200, "seed {seed}: {} requests for {count} in pages of {size}", server.count());
    }
    assert!(complete * 100 >= SEEDS * 95, "{complete} of {SEEDS} lists are complete");
}

#[tokio::test]
async fn lists_by_offset_with_false_totals() {
    for seed in 0..SEEDS {
        let mut random = Random::seeded(seed);
        let (count, size) = (1 + random.below(150), 3 + random.below(20));
        // Never the true total, and none that a list could reach.
        let totals: Vec<i64> = (0..1 + random.below(3))
            .map(|_| match random.below(5) {
                0 => i64::MAX,
                1 => i64::MIN + random.below(9),
                2 => -random.below(9),
                _ => 1000 + random.below(100_000),
            })
            .collect();
        let step = random.pick(&[0, 0, 1, -1, 500]);
        let server = Memory::answering(move |number, asked| {
            let start = asked["options"]["offset"].as_i64().unwrap_or(0).min(count);
            let end = start.saturating_add(asked["options"]["count"].as_i64().unwrap()).min(count);
            let total = random.pick(&totals).saturating_add(step * number as i64);
            Ok(get_page(start..end, total))
        });
        let (found, error) = transactions(&server.client(), size).await;
        assert!(found.iter().copied().eq(0..found.len() as i64), "seed {seed}: {found:?}");
        let is_whole = found.len() as i64 == count;
        assert!(is_whole || error.as_ref().is_some_and(Error::is_pagination), "seed {seed}: {error:?}");
        let pages = count as usize / size as usize + 1;
        assert!(server.count() <= 2 * pages + 45, "seed {seed}: {} requests for {pages} pages", server.count());
    }
}

#[tokio::test]
async fn lists_by_offset_without_totals() {
    for seed in 0..SEEDS {
        let mut random = Random::seeded(seed);
        let count = random.below(150);
        let ignores_offset = random.one_in(4);
        let server = Memory::answering(move |_, asked| {
            let start = if ignores_offset { 0 } else { asked["offset"].as_i64().unwrap_or(0) };
            Ok(transfer_page(start..(start + 1 + random.below(25)).min(count.max(start))))
        });
        let mut items = server.client().transfer_list(TransferListRequest::new()).items().max_pages(MAX_PAGES);
        let (found, error) = read(&mut items).await;
        let found: Vec<i64> = found.iter().map(|transfer| transfer.id.parse().unwrap()).collect();
        assert!(has_no_duplicates(&found), "seed {seed}");
        match error {
            None => assert_eq!(found, (0..count).collect::<Vec<_>>(), "seed {seed}"),
            Some(error) => assert!(error.is_pagination() && ignores_offset, "seed {seed}: {error}"),
        }
        assert!(server.count() <= MAX_PAGES as usize, "seed {seed}");
    }
}

#[tokio::test]
async fn lists_by_id() {
    for seed in 0..SEEDS {
        let mut random = Random::seeded(seed);
        let mut next = 0;
        let mut id = || {
            next += 1 + random.below(5);
            next
        };
        let ids: Vec<i64> = (0..80).map(|_| id()).collect();
        let all = ids.clone();
        // Pages may overlap what was read, and may report more without having it.
        let (overlaps, is_stuck) = (random.one_in(3), random.one_in(3));
        let server = Memory::answering(move |_, asked| {
            let after = asked["after_id"].as_i64().unwrap();
            let first = ids.iter().position(|id| *id > after).unwrap_or(ids.len());
            let start = if overlaps { first.saturating_sub(3) } else { first };
            let end = (first + 1 + random.below(9) as usize).min(ids.len());
            let mut page = ids[start..end].to_vec();
            random.shuffle(&mut page);
            Ok(event_page(page, end < ids.len() || is_stuck))
        });
        let request = TransferEventSyncRequest::new(0);
        let (found, error) = read(&mut server.client().transfer_event_sync(request).items()).await;
        let mut found: Vec<i64> = found.iter().map(|event| event.event_id).collect();
        assert!(has_no_duplicates(&found), "seed {seed}");
        found.sort_unstable();
        assert_eq!(found, all, "seed {seed}");
        assert_eq!(error.is_some_and(|error| error.is_pagination()), is_stuck, "seed {seed}");
        assert!(server.count() <= 81, "seed {seed}");
    }
}
