//! The controls of the products that verify users: what a user does in a verification (`/_plaid/identity_verification/…`), and
//! what a team does in Plaid's dashboard (`/_plaid/dashboard/…`).

use serde_json::{Value, json};

use super::{Answer, required};
use crate::commands::{Refused, check_fields};
use crate::due::run_due;
use crate::fields::Fields;
use crate::ops::items::valid_url;
use crate::ops::link_session::identity::verify;
use crate::ops::verify::identity::walk::{self, Act};
use crate::ops::verify::identity::{publish, template};
use crate::ops::verify::{authors, beacon, monitor};
use crate::ops::{self, World};
use crate::state::Tenant;
use crate::state::verify::{
    Attempt, BeaconStatus, BusinessStatus, DashboardUser, Documents, IdvStatus, Listed, Program, ScreeningKind,
    ScreeningStatus, Source, Trail,
};

/// What a user does in a verification. `None` if there is no such control.
pub fn person(tenant: &mut Tenant, world: &World, verb: &str, fields: Fields<'_>) -> Option<Answer> {
    let known: &[&str] = match verb {
        "accept" | "resend" => &[],
        "phone" => &["phone_number"],
        "code" => &["code"],
        "data" | "complete" => &["user"],
        "document" => &["category"],
        _ => return None,
    };
    let answer = check(verb, known, fields).and_then(|()| take(tenant, world, verb, fields));
    run_due(tenant);
    Some(answer)
}

fn check(verb: &str, known: &[&str], fields: Fields<'_>) -> Result<(), Refused> {
    let known = [&["identity_verification_id"], known].concat();
    check_fields(&format!("identity_verification/{verb}"), &known, fields.0)
}

fn take(tenant: &mut Tenant, world: &World, verb: &str, fields: Fields<'_>) -> Answer {
    let id = required(fields, "identity_verification_id")?;
    let user = fields.object("user");
    let act = match verb {
        "accept" => Act::Accept,
        "phone" => Act::Phone(required(fields, "phone_number")?),
        "resend" => Act::Resend,
        "code" => Act::Code(required(fields, "code")?),
        "data" => Act::Data(user),
        "document" => Act::Document(category(fields)?),
        _ => {
            let user = fields.value("user").map(Fields);
            return Ok(shown(&verify(tenant, world, id, |tenant| walk::complete(tenant, id, user))?));
        }
    };
    Ok(shown(&verify(tenant, world, id, |tenant| walk::act(tenant, id, act))?))
}

/// The kind of a document.
fn category(fields: Fields<'_>) -> Result<&str, Refused> {
    let all = ["drivers_license", "id_card", "passport", "residence_permit_card", "resident_card", "visa"];
    let category = fields.text("category").unwrap_or("drivers_license");
    match all.contains(&category) {
        true => Ok(category),
        false => {
            Err(Refused::new(format!("unknown kind of document: {category:?}"), format!("send {}", all.join(", "))))
        }
    }
}

/// An attempt as the controls show it.
fn shown(attempt: &Attempt) -> Value {
    json!({"identity_verification_id": attempt.id, "status": attempt.status.name(), "step": walk::step_name(attempt)})
}

type Control = fn(&mut Tenant, Fields<'_>) -> Answer;

/// What a team does in the dashboard. `None` if there is no such control.
pub fn dashboard(tenant: &mut Tenant, what: &str, fields: Fields<'_>) -> Option<Answer> {
    let (known, run): (&[&str], Control) = match what {
        "webhook" => (&["url"], webhook),
        "user" => (&["dashboard_user_id", "email_address", "status"], user),
        "template" => (
            &[
                "beacon_program_id",
                "documents",
                "kyc",
                "required",
                "risky",
                "sms",
                "template_id",
                "watchlist_program_id",
            ],
            set_template,
        ),
        "person" => (&["user"], add_person),
        "identity_verification" => (&["decision", "identity_verification_id"], decide),
        "watchlist_program" => (
            &[
                "entity_watchlist_program_id",
                "is_archived",
                "is_rescanning_enabled",
                "lists_enabled",
                "name",
                "name_sensitivity",
                "watchlist_program_id",
            ],
            program,
        ),
        "watchlist_entry" => (&["country", "date_of_birth", "document_number", "kind", "list_code", "name"], entry),
        "beacon_program" => (&["flags_duplicates", "flags_network", "program_id"], beacon_program),
        "beacon_user" => (&["beacon_user_id", "dashboard_user_id", "status"], beacon_user),
        "beacon_report" => (&["beacon_report_id", "removed"], beacon_report),
        "beacon_syndication" => (&["beacon_report_syndication_id", "confirmed"], syndication),
        "business_verification" => (&["business_verification_id", "status"], business),
        "screening" => {
            (&["dashboard_user_id", "entity_watchlist_screening_id", "status", "watchlist_screening_id"], screening)
        }
        _ => return None,
    };
    let answer = check_fields(&format!("dashboard/{what}"), known, fields.0).and_then(|()| run(tenant, fields));
    run_due(tenant);
    Some(answer)
}

fn wrong(name: &str, allowed: &[&str]) -> Refused {
    Refused::new(format!("{name} is missing or wrong"), format!("send one of {}", allowed.join(", ")))
}

/// Where the webhooks of these products go.
fn webhook(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    if let Some(url) = fields.text("url") {
        valid_url("url", url)?;
    }
    tenant.verify.webhook = fields.text("url").map(str::to_owned);
    Ok(json!({"url": tenant.verify.webhook}))
}

/// Invites a person to the dashboard, or changes one.
fn user(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let all = ["invited", "active", "deactivated"];
    let status = fields.text("status").unwrap_or("active");
    if !all.contains(&status) {
        return Err(wrong("status", &all));
    }
    authors::start(tenant);
    let known = fields.text("dashboard_user_id").map(|id| {
        let known = tenant.verify.authors.get(id).cloned();
        known.ok_or_else(|| Refused::new(format!("no dashboard user has the id {id:?}"), "leave it out to invite one"))
    });
    let mut user = match known {
        Some(user) => user?,
        None => DashboardUser {
            id: tenant.ids.uuid().chars().filter(char::is_ascii_hexdigit).take(24).collect(),
            created: tenant.now(),
            email: required(fields, "email_address")?.to_owned(),
            status: String::new(),
        },
    };
    status.clone_into(&mut user.status);
    let shown = authors::view(&user);
    tenant.verify.authors.insert(user.id.clone(), user);
    Ok(shown)
}

/// Publishes a template.
fn set_template(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let id = required(fields, "template_id")?;
    let mut new = template(tenant, id);
    let flag = |name: &str, old: bool| fields.value(name).map_or(old, |_| fields.flag(name));
    (new.sms, new.kyc, new.risky) = (flag("sms", new.sms), flag("kyc", new.kyc), flag("risky", new.risky));
    new.documents = match fields.text("documents") {
        None => new.documents,
        Some("off") => Documents::Off,
        Some("fallback") => Documents::Fallback,
        Some("always") => Documents::Always,
        Some(_) => return Err(wrong("documents", &["off", "fallback", "always"])),
    };
    if let Some(required) = fields.texts("required") {
        new.required = required.into_iter().map(str::to_owned).collect();
    }
    // An empty id takes a program away.
    let id_of = |name: &str, old: Option<String>| match fields.text(name) {
        None => old,
        Some("") => None,
        Some(id) => Some(id.to_owned()),
    };
    new.watchlist = id_of("watchlist_program_id", new.watchlist);
    new.beacon = id_of("beacon_program_id", new.beacon);
    publish(tenant, id, new);
    Ok(json!({"template": {"id": id, "version": template(tenant, id).version}}))
}

/// Lets the data sources know another person.
fn add_person(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let user = fields.value("user").filter(|user| user.is_object());
    let user = user.ok_or_else(|| Refused::new("user is missing", "send {\"user\": {\"name\": {…}, …}}"))?;
    tenant.verify.people.push(user.clone());
    Ok(json!({"people": tenant.verify.people.len()}))
}

/// Approves, rejects, cancels or expires an attempt.
fn decide(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let id = required(fields, "identity_verification_id")?;
    let attempt = match fields.text("decision") {
        Some("approve") => walk::decide(tenant, id, true),
        Some("reject") => walk::decide(tenant, id, false),
        Some("cancel") => walk::stop(tenant, id, IdvStatus::Canceled),
        Some("expire") => walk::stop(tenant, id, IdvStatus::Expired),
        _ => return Err(wrong("decision", &["approve", "reject", "cancel", "expire"])),
    };
    Ok(shown(&attempt?))
}

/// Makes or changes a program. An id that is not known makes one.
fn program(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let (kind, id) = kind_of(fields, ["watchlist_program_id", "entity_watchlist_program_id"])?;
    monitor::start(tenant);
    let trail = by_dashboard(tenant, None);
    let known = tenant.verify.monitor(kind).programs.get(id).cloned();
    let mut program = known.unwrap_or_else(|| Program {
        id: id.to_owned(),
        created: tenant.now(),
        name: "Program".to_owned(),
        lists: vec!["US_SDN".to_owned()],
        rescans: true,
        sensitivity: "balanced".to_owned(),
        is_archived: false,
        trail: trail.clone(),
    });
    let flag = |name: &str, old: bool| fields.value(name).map_or(old, |_| fields.flag(name));
    program.is_archived = flag("is_archived", program.is_archived);
    program.rescans = flag("is_rescanning_enabled", program.rescans);
    if let Some(lists) = fields.texts("lists_enabled") {
        program.lists = lists.into_iter().map(str::to_owned).collect();
    }
    if let Some(name) = fields.text("name") {
        name.clone_into(&mut program.name);
    }
    if let Some(sensitivity) = fields.text("name_sensitivity") {
        let all = ["coarse", "balanced", "strict", "exact"];
        if !all.contains(&sensitivity) {
            return Err(wrong("name_sensitivity", &all));
        }
        sensitivity.clone_into(&mut program.sensitivity);
    }
    program.trail = trail;
    tenant.verify.monitor_mut(kind).programs.insert(id.to_owned(), program);
    monitor::rescan(tenant, kind);
    Ok(json!({"id": id}))
}

/// Adds an entry to a watchlist. Customers are searched for again.
fn entry(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let kind = match fields.text("kind") {
        None | Some("individual") => ScreeningKind::Individual,
        Some("entity") => ScreeningKind::Entity,
        Some(_) => return Err(wrong("kind", &["individual", "entity"])),
    };
    let born = fields.date("date_of_birth")?;
    let text = |name: &str| fields.text(name).map(str::to_owned);
    tenant.verify.listed.push(Listed {
        kind,
        name: required(fields, "name")?.to_owned(),
        born: born.map(|day| (day, day)),
        country: text("country"),
        document: text("document_number"),
        list: text("list_code").unwrap_or_else(|| "US_SDN".to_owned()),
    });
    monitor::start(tenant);
    monitor::rescan(tenant, kind);
    Ok(json!({"entries": tenant.verify.listed.len()}))
}

/// Sets the state of a screening.
fn screening(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let (kind, id) = kind_of(fields, ["watchlist_screening_id", "entity_watchlist_screening_id"])?;
    let status = fields.text("status").and_then(ScreeningStatus::of);
    let status = status.ok_or_else(|| wrong("status", &ScreeningStatus::ALL.map(ScreeningStatus::name)))?;
    let author = author(tenant, fields)?;
    let trail = by_dashboard(tenant, Some(author));
    Ok(monitor::decide(tenant, kind, id, status, trail)?)
}

/// Says what a Beacon program does with what is found.
fn beacon_program(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let id = required(fields, "program_id")?;
    let program = tenant.verify.beacon.programs.entry(id.to_owned()).or_default();
    let flag = |name: &str, old: bool| fields.value(name).map_or(old, |_| fields.flag(name));
    program.flags_duplicates = flag("flags_duplicates", program.flags_duplicates);
    program.flags_network = flag("flags_network", program.flags_network);
    Ok(json!({"flags_duplicates": program.flags_duplicates, "flags_network": program.flags_network, "program_id": id}))
}

/// Sets the state of a Beacon user.
fn beacon_user(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let id = required(fields, "beacon_user_id")?;
    let status = fields.text("status").and_then(BeaconStatus::of);
    let status = status.ok_or_else(|| wrong("status", &BeaconStatus::ALL.map(BeaconStatus::name)))?;
    let author = author(tenant, fields)?;
    let trail = by_dashboard(tenant, Some(author));
    Ok(beacon::decide(tenant, id, status, trail)?)
}

/// Removes a report.
fn beacon_report(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let id = required(fields, "beacon_report_id")?;
    if !fields.flag("removed") {
        return Err(Refused::new("removed is missing", "send {\"beacon_report_id\": \"…\", \"removed\": true}"));
    }
    Ok(beacon::remove(tenant, id)?)
}

/// Confirms that a report is about a user.
fn syndication(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let id = required(fields, "beacon_report_syndication_id")?;
    Ok(beacon::confirm(tenant, id, fields.value("confirmed").is_none_or(|_| fields.flag("confirmed")))?)
}

/// Ends the verification of a business.
fn business(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let id = required(fields, "business_verification_id")?;
    let status = BusinessStatus::ALL.into_iter().find(|one| Some(one.name()) == fields.text("status"));
    let status = status.ok_or_else(|| wrong("status", &["success", "failed"]))?;
    Ok(ops::verify::business::decide(tenant, id, status)?)
}

/// The person who does it: by default the first one of the team.
fn author(tenant: &mut Tenant, fields: Fields<'_>) -> Result<String, Refused> {
    authors::start(tenant);
    let first = tenant.verify.authors.keys().next().cloned().unwrap_or_default();
    let id = fields.text("dashboard_user_id").unwrap_or(&first);
    Ok(authors::reviewer(tenant, "dashboard_user_id", id)?)
}

fn by_dashboard(tenant: &Tenant, author: Option<String>) -> Trail {
    Trail { source: Source::Dashboard, author, at: tenant.now() }
}

/// What an id is about, by the field that has it.
fn kind_of<'a>(fields: Fields<'a>, names: [&str; 2]) -> Result<(ScreeningKind, &'a str), Refused> {
    let [individual, entity] = names.map(|name| fields.text(name));
    match (individual, entity) {
        (Some(id), None) => Ok((ScreeningKind::Individual, id)),
        (None, Some(id)) => Ok((ScreeningKind::Entity, id)),
        _ => Err(Refused::new("the id is missing, or there are two", format!("send one of {}", names.join(", ")))),
    }
}
