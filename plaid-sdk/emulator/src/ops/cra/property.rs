//! Whatever happens to a user's Item, a report goes from stage to stage as the table says, and does not change once it is ready.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::order::create;
use crate::bank::testing::linked;
use crate::clock::Clock;
use crate::due::run_due;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::ids::Ids;
use crate::ops::{Call, World, users};
use crate::state::{CheckReport, CheckStage, CheckState, ItemState, Pace};

/// How many walks there are, and how many steps each has.
const WALKS: u64 = 20;
const STEPS: usize = 60;

#[test]
fn a_report_never_changes_after_it_is_ready_and_ends_once() {
    let world = World { institutions: Vec::new(), base_url: String::new(), hosts: Vec::new(), refuse_mutation: true };
    let mut seen = Vec::new();
    for walk in 0..WALKS {
        let mut random = Ids::new(walk, "walk");
        let (mut tenant, item) = linked("user_transactions_dynamic");
        tenant.pace = Pace::SANDBOX;
        let identity = json!({
            "name": {"given_name": "A", "family_name": "B"}, "date_of_birth": "1975-01-18", "emails": [{}],
            "phone_numbers": [{}], "addresses": [{}],
        });
        let user = users::find_or_create(&mut tenant, "ann", Some(&identity));
        if let Some(item) = tenant.items.get_mut(&item) {
            item.user = Some(user.clone());
        }
        let mut last: Option<(CheckReport, CheckStage)> = None;
        for _ in 0..STEPS {
            match random.below(6) {
                0 => {
                    let body = json!({
                        "user_id": user, "webhook": "https://example.com", "days_requested": 180,
                        "consumer_report_permissible_purpose": "EXTENSION_OF_CREDIT",
                    });
                    let (request, parameters) = (Fields(&body), Fields(&Value::Null));
                    let mut call = Call { tenant: &mut tenant, world: &world, request, parameters };
                    create(&mut call).expect("an order");
                }
                1 => {
                    if let Some(item) = tenant.items.get_mut(&item) {
                        item.state = ItemState::Broken(ApiError::login_required());
                    }
                }
                2 => {
                    if let Some(item) = tenant.items.get_mut(&item) {
                        item.state = ItemState::Good;
                    }
                }
                3 => crate::bank::refresh(&mut tenant, &item),
                hours => {
                    let hours = i64::try_from(hours).unwrap_or(1);
                    tenant.clock = Clock::frozen(tenant.now() + TimeDelta::hours(hours * hours / 4));
                    run_due(&mut tenant);
                }
            }
            let Some(report) = tenant.checks.reports.get(&user) else { continue };
            let stage = report.stage(tenant.now());
            if let Some((before, earlier)) = last.as_ref().filter(|(before, _)| before.id == report.id) {
                assert!(*earlier == stage || earlier.next().contains(&stage), "{earlier:?} to {stage:?}");
                if !matches!(before.state, CheckState::Generating) {
                    assert_eq!(before, report, "it does not change any more");
                }
            }
            seen.push(stage);
            last = Some((report.clone(), stage));
        }
    }
    for stage in [CheckStage::Generating, CheckStage::Ready, CheckStage::Failed, CheckStage::Expired] {
        assert!(seen.contains(&stage), "{stage:?} never came");
    }
}
