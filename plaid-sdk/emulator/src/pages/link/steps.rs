//! The pages of a session that goes on: one for each step.

use maud::{Markup, html};
use serde_json::Value;

use super::super::layout::{Frames, page as whole};
use super::Place;
use crate::bank::{Login, mfa};
use crate::data::institutions::{Health, Institution};
use crate::json;
use crate::ops::{link_purpose, link_session};
use crate::state::verify::{IdvStep, SmsStatus};
use crate::state::{Account, Step, Tenant};

/// How many institutions a page shows.
const SHOWN: usize = 8;

/// The page of the present step.
pub fn page(place: &Place<'_>, tenant: &Tenant, search: &str) -> Markup {
    let (title, body) = match place.session.step {
        Step::SelectInstitution => ("Choose an institution".to_owned(), institutions(place, search)),
        Step::LogIn => login(place),
        Step::Mfa(number) => ("The bank asks".to_owned(), questions(place, number)),
        Step::Deposit => ("Confirm your account".to_owned(), deposit(place)),
        Step::SelectAccounts => ("Choose accounts".to_owned(), accounts(place, tenant)),
        Step::Verify => ("Verify your identity".to_owned(), verification(place, tenant)),
        Step::Added => ("Accounts added".to_owned(), added(place)),
        Step::Finished | Step::Left => ("Link".to_owned(), html! {}),
    };
    whole(&title, Frames::Any, None, &frame(place, None, &body))
}

/// What all pages of Link have around their content: the application's name, the way out, and what the script of a frame reads.
pub fn frame(place: &Place<'_>, end: Option<&Value>, body: &Markup) -> Markup {
    let events: Vec<Value> = place.session.events.iter().rev().cloned().collect();
    let is_open = place.session.finished.is_none();
    let embedded = place.embed.is_some();
    let bank = place.session.step == Step::LogIn && place.institution().is_some_and(|one| one.oauth);
    html! {
        main.link data-embed=[place.embed] data-session=[embedded.then_some(&place.session.id)]
            data-events=[embedded.then(|| json::compact(&events.into()))] data-end=[end.filter(|_| embedded).map(json::compact)] {
            div.card.stack.bank[bank] {
                div.head {
                    span { (place.requested("client_name").unwrap_or("The application")) " uses Link" }
                    @if is_open {
                        form #leave method="post" action=(place.path(Some("exit"))) { button.quiet { "Leave" } }
                    }
                }
                (body)
            }
            p.foot { "Plaid emulator · session " span.mono { (place.session.id.get(..8).unwrap_or_default()) } }
        }
        @if embedded { script src="/_plaid/relay.js" defer {} }
    }
}

/// What went wrong, in words.
fn problem(place: &Place<'_>) -> Markup {
    html! {
        @if let Some(error) = &place.session.error {
            p.problem #problem role="alert" {
                (error.display.as_deref().unwrap_or(&error.message)) " " code { (error.code) }
            }
        }
    }
}

fn institutions(place: &Place<'_>, search: &str) -> Markup {
    let countries = link_session::countries(place.link);
    let wanted = search.to_lowercase();
    let fits = |one: &&Institution| {
        (countries.is_empty() || countries.contains(&one.country))
            && (one.name.to_lowercase().contains(&wanted) || one.id == wanted)
    };
    let found: Vec<&Institution> = place.world.institutions.iter().filter(fits).collect();
    html! {
        h1 { "Choose your institution" }
        (problem(place))
        form.search method="get" action=(place.path(None)) role="search" {
            @if let Some(origin) = place.embed { input type="hidden" name="embed" value=(origin); }
            label.hidden for="q" { "Search institutions" }
            input #q type="search" name="q" value=(search) placeholder="Search" autocomplete="off";
            button.plain { "Search" }
        }
        @if found.is_empty() {
            p role="status" { "No institution has “" (search) "” in its name." }
        } @else {
            form method="post" action=(place.path(Some("select"))) {
                ul.rows { @for one in found.iter().take(SHOWN) { li { (institution_row(one)) } } }
            }
            @if link_session::takes_numbers(place.link) {
                @let path = place.path(None);
                a.help href={ (path) (if path.contains('?') { "&" } else { "?" }) "numbers=1" } {
                    "Enter the numbers of an account instead"
                }
            }
            @if found.len() > SHOWN {
                p.help role="status" { (found.len() - SHOWN) " more: search for a part of the name, or for the id." }
            }
        }
    }
}

/// The page that takes the numbers of an account in place of an institution.
pub fn numbers(place: &Place<'_>) -> Markup {
    let title = "Enter your account";
    let body = html! {
        h1 { (title) }
        (problem(place))
        form.stack method="post" action=(place.path(Some("numbers"))) {
            div.field {
                label for="routing" { "Routing number" }
                input #routing type="text" name="routing" inputmode="numeric" required autocomplete="off" aria-describedby="hint";
            }
            div.field {
                label for="account" { "Account number" }
                input #account type="text" name="account" inputmode="numeric" required autocomplete="off" aria-describedby="hint";
            }
            div.field {
                label for="name" { "Name of the holder" }
                input #name type="text" name="name" autocomplete="off";
            }
            div.field {
                label for="subtype" { "Kind of account" }
                select #subtype name="subtype" { option value="checking" { "Checking" } option value="savings" { "Savings" } }
            }
            div.field {
                label for="code" { "Code of the deposit, if it has arrived at once" }
                input #code type="text" name="code" autocomplete="off";
            }
            p.help #hint { "The Sandbox knows " code { "110000000" } " with " code { "1111222233330000" } "." }
            div.actions {
                button.main { "Go on" }
                a.button.plain href=(place.path(None)) { "Back" }
            }
        }
    };
    whole(title, Frames::Any, None, &frame(place, None, &body))
}

fn institution_row(one: &Institution) -> Markup {
    html! {
        button.row name="institution_id" value=(one.id) {
            span.mark aria-hidden="true" { (one.name.chars().next().unwrap_or('?')) }
            span { (one.name) small { (one.id) } }
            span.end {
                @match one.health {
                    Health::Down => span.chip.bad { "down" },
                    Health::Unsupported => span.chip.bad { "unsupported" },
                    Health::Degraded => span.chip.warn { "degraded" },
                    Health::Healthy if one.oauth => span.chip { "OAuth" },
                    Health::Healthy => {},
                }
            }
        }
    }
}

fn login(place: &Place<'_>) -> (String, Markup) {
    let name = place.institution().map_or("the institution", |one| one.name.as_str());
    let oauth = place.institution().is_some_and(|one| one.oauth);
    // With a redirect URI, the bank's page takes the whole window, and the application is called back there.
    let top = oauth && place.requested("redirect_uri").is_some();
    let action = format!(
        "{}{}",
        place.path(Some("login")),
        match (top, place.embed.is_some()) {
            (true, true) => "&top=1",
            (true, false) => "?top=1",
            _ => "",
        }
    );
    let title = format!("Log in to {name}");
    let body = html! {
        h1 { (title) }
        @if oauth { p.help { "This is the bank's own page, as the emulator plays it." } }
        (problem(place))
        form.stack method="post" action=(action) target=[(top && place.embed.is_some()).then_some("_top")] {
            div.field {
                label for="username" { "User name" }
                input #username type="text" name="username" value=(place.session.username) required autocomplete="off"
                    autocapitalize="none" spellcheck="false" aria-describedby="hint";
            }
            div.field {
                label for="password" { "Password" }
                input #password type="password" name="password" required autocomplete="off" aria-describedby="hint";
            }
            p.help #hint {
                @if oauth {
                    "The user " code { "user_good" } " gets in with any password."
                } @else {
                    "The Sandbox's users work here: " code { "user_good" } " with " code { "pass_good" } ", "
                    code { "mfa_device" } " or " code { "error_ITEM_LOCKED" } "."
                }
            }
            div.actions {
                button.main { @if oauth { "Log in and share" } @else { "Log in" } }
                @if place.link.update.is_none() { (back(place)) }
            }
        }
    };
    (title, body)
}

/// A button of the same form that goes back, whatever the fields contain.
fn back(place: &Place<'_>) -> Markup {
    html! { button.plain formaction=(place.path(Some("back"))) formnovalidate formtarget="_self" { "Back" } }
}

fn questions(place: &Place<'_>, number: usize) -> Markup {
    let login = Login { username: &place.session.username, password: &place.session.password };
    let round = place.institution().and_then(|one| mfa::Plan::of(login, one)).and_then(|plan| plan.round(number));
    let answers = round.as_ref().map(|round| round.answers().join(", ")).unwrap_or_default();
    html! {
        h1 { (place.institution().map_or("The bank", |one| one.name.as_str())) " asks" }
        (problem(place))
        form.stack method="post" action=(place.path(Some("mfa"))) {
            @for (index, question) in round.iter().flat_map(|round| &round.questions).enumerate() {
                @let name = format!("answer{index}");
                @if question.choices.is_empty() {
                    div.field {
                        label for=(name) { (question.text) }
                        input id=(name) type="text" name=(name) required autocomplete="off" aria-describedby="hint";
                    }
                } @else {
                    fieldset {
                        legend { (question.text) }
                        div.rows {
                            @for choice in &question.choices {
                                label.row { input type="radio" name=(name) value=(choice) required; span { (choice) } }
                            }
                        }
                    }
                }
            }
            p.help #hint { "The Sandbox takes " code { (answers) } "." }
            div.actions { button.main { "Go on" } (back(place)) }
        }
    }
}

/// A step of a verification.
fn verification(place: &Place<'_>, tenant: &Tenant) -> Markup {
    let attempt = link_session::identity_request::attempt(tenant, &place.session.id);
    let step = attempt.and_then(|attempt| attempt.steps.active());
    let is_sent = attempt.and_then(|attempt| attempt.sms.last()).is_some_and(|sms| sms.status == SmsStatus::Pending);
    let fields: &[(&str, &str, &str)] = match step {
        Some(IdvStep::VerifySms) if is_sent => &[("code", "Code", "11111")],
        Some(IdvStep::VerifySms) => &[("phone_number", "Phone number", "+12345678909")],
        Some(IdvStep::KycCheck) => &[
            ("given_name", "First name", "Leslie"),
            ("family_name", "Last name", "Knope"),
            ("date_of_birth", "Date of birth", "1975-01-18"),
            ("street", "Street", "123 Main St."),
            ("city", "City", "Pawnee"),
            ("region", "State", "IN"),
            ("postal_code", "ZIP code", "46001"),
            ("id_number", "Social security number", "123456789"),
        ],
        _ => &[],
    };
    let (act, button) = match step {
        Some(IdvStep::AcceptTos) => ("accept", "Accept the terms"),
        Some(IdvStep::VerifySms) if is_sent => ("code", "Go on"),
        Some(IdvStep::VerifySms) => ("phone", "Send a code"),
        Some(IdvStep::KycCheck) => ("data", "Go on"),
        _ => ("document", "Show a document"),
    };
    html! {
        h1 { "Verify your identity" }
        (problem(place))
        form.stack method="post" action=(place.path(Some("verify"))) {
            input type="hidden" name="act" value=(act);
            @for (name, label, example) in fields {
                div.field {
                    label for=(name) { (label) }
                    input id=(name) type="text" name=(name) required autocomplete="off" placeholder=(example);
                }
            }
            @if step == Some(IdvStep::DocumentaryVerification) {
                p.help { "The Sandbox reads each document as one of its test user, Leslie Knope." }
            } @else if !fields.is_empty() {
                p.help { "The Sandbox knows the person whose data the fields show." }
            }
            div.actions { button.main { (button) } }
        }
        @if is_sent && step == Some(IdvStep::VerifySms) {
            form method="post" action=(place.path(Some("verify"))) {
                input type="hidden" name="act" value="resend";
                button.plain { "Send the code again" }
            }
        }
    }
}

fn deposit(place: &Place<'_>) -> Markup {
    html! {
        h1 { "Confirm your account" }
        p { "A small deposit has arrived. Its description on the bank's statement starts with a code of three letters." }
        (problem(place))
        form.stack method="post" action=(place.path(Some("deposit"))) {
            div.field {
                label for="code" { "Code" }
                input #code type="text" name="code" required autocomplete="off" maxlength="20" aria-describedby="hint";
            }
            p.help #hint { "The Sandbox's code is " code { "ABC" } "." }
            div.actions { button.main { "Confirm" } }
        }
    }
}

fn accounts(place: &Place<'_>, tenant: &Tenant) -> Markup {
    let offered = link_session::offered(tenant, place.world, place.link, place.session).unwrap_or_default();
    html! {
        h1 { "Choose accounts" }
        @if let Some(purpose) = link_purpose(tenant, &place.link.request) { p.purpose #purpose { (purpose) "." } }
        p.help { "They will be shared with " (place.requested("client_name").unwrap_or("the application")) "." }
        (problem(place))
        form.stack method="post" action=(place.path(Some("accounts"))) {
            fieldset {
                legend.hidden { "Accounts" }
                div.rows {
                    @for account in &offered {
                        label.row {
                            input type="checkbox" name="mask" value=(account.mask) checked[is_chosen(place, tenant, account)];
                            span { (account.name) small { (account.subtype) " ···· " (account.mask) } }
                            span.end { (balance(account)) }
                        }
                    }
                }
            }
            div.actions { button.main { "Share accounts" } (back(place)) }
        }
    }
}

/// In update mode, the accounts that the Item has are chosen.
fn is_chosen(place: &Place<'_>, tenant: &Tenant, account: &Account) -> bool {
    let item = place.link.update.as_ref().and_then(|id| tenant.items.get(id));
    item.is_none_or(|item| item.accounts.iter().any(|known| known.mask == account.mask))
}

fn balance(account: &Account) -> String {
    let balance = account.balances.current.or(account.balances.available);
    balance.map(|amount| format!("{amount:.2} {}", account.balances.currency)).unwrap_or_default()
}

fn added(place: &Place<'_>) -> Markup {
    let names = place.session.results.iter().filter_map(|(_, metadata)| metadata["institution"]["name"].as_str());
    html! {
        h1 { "Accounts added" }
        ul.rows {
            @for name in names { li.row { span.mark aria-hidden="true" { "✓" } span { (name) } } }
        }
        form.actions method="post" action=(place.path(Some("end"))) {
            button.main { "Finish" }
            button.plain formaction=(place.path(Some("another"))) { "Add another" }
        }
    }
}
