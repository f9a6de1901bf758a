//! What is kept for Identity Verification, Monitor, Beacon, Protect and the verification of businesses.

mod beacon;
mod business;
mod identity;
mod monitor;
mod protect;
mod trail;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::beacon::{Beacon, BeaconReport, BeaconStatus, BeaconUser, BeaconVersion, Duplicate, Syndication};
pub use self::business::{Business, BusinessStatus};
pub use self::identity::{
    Attempt, Document, Documents, IdvStatus, IdvStep, IdvSteps, Sms, SmsStatus, StepStatus, Template,
};
pub use self::monitor::{
    Hit, HitStatus, Listed, Monitor, Program, Review, Screening, ScreeningKind, ScreeningStatus, ScreeningVersion,
};
pub use self::protect::{Protect, ProtectEvent, ProtectReport};
pub use self::trail::{DashboardUser, Source, Trail};

/// What is kept for these products.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Verify {
    /// Where their webhooks go. It is set in the dashboard, not by a request.
    pub webhook: Option<String>,
    /// The people who work in the dashboard.
    pub authors: IndexMap<String, DashboardUser>,
    /// The people whom data sources know, besides the Sandbox's own test user.
    pub people: Vec<Value>,
    /// The templates of Identity Verification that were changed.
    pub templates: IndexMap<String, Template>,
    /// The attempts of users to verify their identity.
    pub attempts: IndexMap<String, Attempt>,
    /// The screenings of individuals.
    pub individuals: Monitor,
    /// The screenings of entities.
    pub entities: Monitor,
    /// The entries of watchlists that were added.
    pub listed: Vec<Listed>,
    /// Beacon.
    pub beacon: Beacon,
    /// Protect.
    pub protect: Protect,
    /// The verifications of businesses.
    pub businesses: IndexMap<String, Business>,
}

impl Verify {
    /// The screenings of a kind.
    pub fn monitor(&self, kind: ScreeningKind) -> &Monitor {
        match kind {
            ScreeningKind::Individual => &self.individuals,
            ScreeningKind::Entity => &self.entities,
        }
    }

    /// The screenings of a kind, to change them.
    pub fn monitor_mut(&mut self, kind: ScreeningKind) -> &mut Monitor {
        match kind {
            ScreeningKind::Individual => &mut self.individuals,
            ScreeningKind::Entity => &mut self.entities,
        }
    }
}
