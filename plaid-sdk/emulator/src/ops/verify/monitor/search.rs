//! The search of watchlists.

use serde_json::Value;

use super::names;
use crate::data::watchlists;
use crate::fields::Fields;
use crate::names::{score, words};
use crate::state::Tenant;
use crate::state::verify::{Hit, HitStatus, Listed, Screening, ScreeningKind};

/// Searches the lists of a screening's program. Hits that were reviewed stay as they were; the others are found anew. The state
/// follows.
pub fn run(tenant: &mut Tenant, kind: ScreeningKind, screening: &mut Screening) {
    let names = names(kind);
    let found = entries(tenant, kind, &screening.now.terms);
    let (terms, terms_version, now) = (&screening.now.terms, screening.now.terms_version, tenant.now());
    screening.hits.retain(|hit| hit.status != HitStatus::PendingReview || found.contains(&hit.entry));
    for hit in screening.hits.iter_mut().filter(|hit| hit.status == HitStatus::PendingReview) {
        (hit.terms, hit.terms_version) = (terms.clone(), terms_version);
    }
    for entry in found {
        if screening.hits.iter().all(|hit| hit.entry != entry) {
            let id = tenant.ids.short(names.ids[1]);
            let status = HitStatus::PendingReview;
            screening.hits.push(Hit { id, status, found: now, entry, terms: terms.clone(), terms_version });
        }
    }
    let has_pending = screening.hits.iter().any(|hit| hit.status == HitStatus::PendingReview);
    screening.now.status = screening.now.status.after_search(has_pending);
}

/// The entries of the program's lists whose name fits.
fn entries(tenant: &Tenant, kind: ScreeningKind, terms: &Value) -> Vec<Listed> {
    let terms = Fields(terms);
    let program = terms.text(names(kind).program).unwrap_or_default();
    let Some(program) = tenant.verify.monitor(kind).programs.get(program) else { return Vec::new() };
    let name = terms.text("legal_name").unwrap_or_default();
    let all = watchlists::entries().chain(tenant.verify.listed.iter().cloned());
    let on_lists = all.filter(|entry| entry.kind == kind && program.lists.contains(&entry.list));
    on_lists.filter(|entry| fits(name, &entry.name, &program.sensitivity)).collect()
}

/// Whether a name fits an entry's: the less, the stricter the program is.
fn fits(name: &str, listed: &str, sensitivity: &str) -> bool {
    let least = match sensitivity {
        "exact" => return words(name) == words(listed),
        "strict" => 95,
        "coarse" => 75,
        _ => 85,
    };
    score(name, listed) >= least
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_coarse_program_finds_more_than_a_strict_one() {
        let found = |name: &str| {
            ["exact", "strict", "balanced", "coarse"].map(|sensitivity| fits(name, "Joseph Kony", sensitivity))
        };
        assert_eq!(found("joseph KONY"), [true; 4]);
        assert_eq!(found("Kony, Joseph"), [false, true, true, true]);
        assert_eq!(found("Josef Kony"), [false, false, false, true]);
        assert_eq!(found("Leslie Knope"), [false; 4]);
    }
}
