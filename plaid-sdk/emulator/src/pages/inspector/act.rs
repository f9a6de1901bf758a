//! What the forms of the inspector do: the same as the controls.

use chrono::TimeDelta;

use super::super::form::Form;
use super::faults;
use crate::commands::{self, Move, Refused};
use crate::controls;
use crate::engine::Engine;
use crate::error::ApiError;
use crate::faults::order;
use crate::fields::Fields;
use crate::state::{Delivery, Event, Tenant};

/// Does what a form says to a tenant.
///
/// # Errors
/// As the control of the same name.
pub fn act(engine: &Engine, tenant: &mut Tenant, verb: &str, form: &Form) -> Result<(), Refused> {
    let text = |name: &str| form.filled(name).unwrap_or_default();
    match verb {
        "advance" => {
            let number = |name: &str| text(name).parse::<i64>().ok().filter(|number| *number > 0);
            let seconds = number("amount").zip(number("unit")).and_then(|(amount, unit)| amount.checked_mul(unit));
            let by = seconds.and_then(TimeDelta::try_seconds);
            let by = by.ok_or_else(|| Refused::new("the clock can't be advanced by this", "enter a whole number"))?;
            commands::advance(tenant, Move::By(by)).map(drop)
        }
        "next" => commands::advance(tenant, Move::Next).map(drop),
        "freeze" => {
            tenant.clock.freeze();
            Ok(())
        }
        "run" => {
            tenant.clock.run();
            Ok(())
        }
        "break" => {
            let error = match text("error_code") {
                "" | "ITEM_LOGIN_REQUIRED" => None,
                code => Some(ApiError::new("ITEM_ERROR", code.to_owned(), "ordered in the inspector")),
            };
            commands::break_item(tenant, text("item"), error)
        }
        "repair" => commands::repair_item(tenant, text("item")),
        "revoke" => commands::revoke_item(tenant, text("item")),
        "fault" => {
            let fault = controls::fault(tenant, Fields(&faults::ordered(form)))?;
            order(tenant, fault);
            Ok(())
        }
        "unfault" => {
            tenant.faults.retain(|fault| fault.id.to_string() != text("id"));
            Ok(())
        }
        "redeliver" => redeliver(tenant, text("id")),
        "snapshot" => {
            engine.snapshot(tenant, text("name"));
            Ok(())
        }
        _ => Err(Refused::new(format!("the inspector has no form {verb:?}"), "use one of its pages")),
    }
}

/// Sends a webhook again, as if it had just been made.
///
/// # Errors
/// If there is none of the number, or nobody receives it.
fn redeliver(tenant: &mut Tenant, id: &str) -> Result<(), Refused> {
    let now = tenant.now();
    let webhook = tenant.webhooks.iter_mut().find(|one| one.id.to_string() == id);
    let webhook = webhook.ok_or_else(|| Refused::new("there is no such webhook", "choose one from the list"))?;
    if webhook.url.is_none() {
        return Err(Refused::new("the webhook has no receiver", "set a webhook's URL for the Item first"));
    }
    webhook.state = Delivery::Waiting;
    let event = Event::Deliver(webhook.id);
    tenant.schedule.drop_if(|other| *other == event);
    tenant.schedule.at(now, event);
    crate::engine::run_due(tenant);
    Ok(())
}
