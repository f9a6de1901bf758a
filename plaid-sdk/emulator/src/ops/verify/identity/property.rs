//! Whatever users and reviewers do, an attempt's states follow each other as documented.

use serde_json::json;

use super::walk::{self, Act, CODE};
use super::{begin, kyc};
use crate::clock::Clock;
use crate::fields::Fields;
use crate::ids::Ids;
use crate::state::verify::{Attempt, Documents, IdvStatus, IdvStep, StepStatus, Template};
use crate::state::{Pace, Tenant};

fn tenant() -> Tenant {
    let start = chrono::DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
    Tenant::new(7, "client", "secret", Clock::frozen(start), Pace::INSTANT)
}

/// A number below a limit.
struct Dice(Ids);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0.below(limit)
    }

    fn flag(&mut self) -> bool {
        self.below(2) == 0
    }
}

fn step(tenant: &mut Tenant, id: &str, dice: &mut Dice) {
    let (leslie, other) = (kyc::leslie(), json!({"name": {"given_name": "Ron", "family_name": "Swanson"}}));
    let listed = json!({"name": {"given_name": "Joseph", "family_name": "Kony"}});
    let data = match dice.below(3) {
        0 => &other,
        1 => &listed,
        _ => &leslie,
    };
    // What the attempt does not allow is refused, and changes nothing.
    let _refused = match dice.below(12) {
        0 | 1 => walk::act(tenant, id, Act::Accept),
        2 | 3 => walk::act(tenant, id, Act::Phone("+12345678909")),
        4 | 5 => walk::act(tenant, id, Act::Code(if dice.flag() { CODE } else { "00000" })),
        6 => walk::act(tenant, id, Act::Resend),
        7 => walk::act(tenant, id, Act::Data(Fields(data))),
        8 => walk::act(tenant, id, Act::Document("passport")),
        9 => walk::decide(tenant, id, dice.flag()),
        10 => walk::complete(tenant, id, dice.flag().then_some(Fields(data))),
        _ if dice.below(6) == 0 => walk::stop(tenant, id, IdvStatus::Canceled),
        _ => walk::act(tenant, id, Act::Accept),
    };
}

fn check(old: &Attempt, new: &Attempt, told: &[String]) {
    if old.status != new.status {
        assert!(old.status.may_become(new.status), "{:?} became {:?}", old.status, new.status);
    }
    let mut over = 0;
    for step in IdvStep::ALL {
        let (before, now) = (old.steps.get(step), new.steps.get(step));
        // An act that takes several steps passes a step's active state.
        let by_way = StepStatus::Active.may_become(now) && before == StepStatus::WaitingForPrerequisite;
        assert!(before == now || before.may_become(now) || by_way, "{step:?}: {before:?} became {now:?}");
        over += usize::from(before != now && !now.is_open() && now != StepStatus::NotApplicable);
    }
    let active = IdvStep::ALL.into_iter().filter(|step| new.steps.get(*step) == StepStatus::Active).count();
    assert_eq!(active, usize::from(new.status == IdvStatus::Active), "{new:?}");
    assert_eq!(new.completed.is_some(), new.status != IdvStatus::Active);
    assert!(new.documents.len() <= 3 && new.sms.iter().all(|sms| sms.solves <= 3 && sms.deliveries <= 3));
    let count = |code: &str| told.iter().filter(|one| *one == code).count();
    assert_eq!(count("STEP_UPDATED"), over, "{told:?}");
    assert_eq!(count("STATUS_UPDATED"), usize::from(old.status != new.status), "{told:?}");
    assert!(
        told.iter().rposition(|one| one == "STEP_UPDATED") < told.iter().position(|one| one == "STATUS_UPDATED")
            || count("STATUS_UPDATED") == 0
    );
}

#[test]
fn states_follow_each_other_as_documented() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..200 {
        let mut dice = Dice(Ids::new(seed, "dice"));
        let mut tenant = tenant();
        let documents = [Documents::Off, Documents::Fallback, Documents::Always];
        let template = Template {
            sms: dice.flag(),
            kyc: dice.flag(),
            documents: documents[usize::try_from(dice.below(3)).expect("a small number")],
            required: if dice.flag() { Vec::new() } else { vec!["name".to_owned(), "date_of_birth".to_owned()] },
            risky: dice.below(5) == 0,
            ..super::template(&tenant, "idvtmp_1")
        };
        super::publish(&mut tenant, "idvtmp_1", template);
        let attempt = begin(&mut tenant, ("ann".to_owned(), None), "idvtmp_1", dice.flag(), json!({}));
        // A template without a step of the user has nothing to wait for.
        if attempt.steps.active().is_none() {
            continue;
        }
        let id = attempt.id.clone();
        walk::keep(&mut tenant, attempt);
        for _ in 0..30 {
            let (old, webhooks) = (walk::attempt(&tenant, &id).expect("an attempt"), tenant.webhooks.len());
            step(&mut tenant, &id, &mut dice);
            let new = walk::attempt(&tenant, &id).expect("an attempt");
            // Taking all steps at once makes several changes.
            let told: Vec<String> = tenant.webhooks[webhooks..].iter().map(|one| one.code.clone()).collect();
            let is_one = told.iter().filter(|code| *code == "STEP_UPDATED").count() < 2 || old.status == new.status;
            if is_one || new.status != IdvStatus::Success {
                check(&old, &new, &told);
            }
            seen.insert(format!("{:?}", new.status));
            seen.extend(IdvStep::ALL.map(|step| format!("step {:?}", new.steps.get(step))));
        }
    }
    for state in
        ["Active", "Success", "Failed", "Canceled", "PendingReview", "step ManuallyApproved", "step ManuallyRejected"]
    {
        assert!(seen.contains(state), "{state} never came: {seen:?}");
    }
}
