//! Other applications that are connected to the login of an Item.

use serde_json::{Value, json};

use super::super::{Call, Response, nothing};
use crate::bank;
use crate::data::applications::{APPLICATIONS, Known};
use crate::error::ApiError;
use crate::fields::time;
use crate::state::{ActivityKind, Application, Item, ItemState};

/// `/sandbox/item/application/seed`: connects an application to an Item that was imported.
pub fn seed(call: &mut Call<'_>) -> Response {
    let now = call.tenant.now();
    let application = call.request.required("application_id")?;
    if application.is_empty() || !application.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        return Err(ApiError::invalid_field("application_id must be the id of an application"));
    }
    let item = call.tenant.item(call.request.required("access_token")?)?;
    if !item.imported {
        return Err(ApiError::invalid_field("access_token must belong to an Item that /item/import made"));
    }
    if item.applications.iter().all(|one| one.id != application) {
        let name = known(application).map_or_else(|| format!("Application {application}"), |one| one.name.to_owned());
        item.applications.push(Application { id: application.to_owned(), name, created: now, scopes: None });
    }
    Ok(json!({"item_id": item.id}))
}

/// `/item/application/list`: the applications of one Item, or of all.
pub fn list(call: &mut Call<'_>) -> Response {
    let applications: Vec<Value> = match call.request.text("access_token") {
        Some(token) => call.tenant.item(token)?.applications.iter().map(view).collect(),
        None => {
            let items = call.tenant.items.values().filter(|item| item.state != ItemState::Removed);
            items.flat_map(|item| item.applications.iter().map(view)).collect()
        }
    };
    Ok(json!({"applications": applications}))
}

/// `/item/application/unlink`: the application is no longer connected.
pub fn unlink(call: &mut Call<'_>) -> Response {
    let id = call.request.required("application_id")?;
    let item = call.tenant.item(call.request.required("access_token")?)?;
    connected(item, id)?;
    item.applications.retain(|one| one.id != id);
    let item = item.id.clone();
    bank::consent::note(call.tenant, &item, ActivityKind::Unlink);
    if let Some(activity) = call.tenant.activities.last_mut() {
        activity.application = Some(id.to_owned());
    }
    nothing()
}

/// `/item/application/scopes/update`: what an application may see from now on.
pub fn update_scopes(call: &mut Call<'_>) -> Response {
    let id = call.request.required("application_id")?;
    let scopes = call.request.value("scopes").ok_or_else(|| ApiError::missing_fields("scopes"))?;
    if call.request.required("context")? == "ENROLLMENT" && call.request.text("state").is_none() {
        return Err(ApiError::missing_fields("state"));
    }
    let item = call.tenant.item(call.request.required("access_token")?)?;
    connected(item, id)?.scopes = Some(scopes.clone());
    let item = item.id.clone();
    bank::consent::note(call.tenant, &item, ActivityKind::Scopes);
    if let Some(activity) = call.tenant.activities.last_mut() {
        (activity.application, activity.scopes) = (Some(id.to_owned()), Some(scopes.clone()));
    }
    nothing()
}

fn connected<'a>(item: &'a mut Item, id: &str) -> Result<&'a mut Application, ApiError> {
    let found = item.applications.iter_mut().find(|one| one.id == id);
    found.ok_or_else(|| ApiError::invalid_field("application_id must be an application that is connected to the Item"))
}

fn view(application: &Application) -> Value {
    let mut shown = json!({
        "application_id": application.id,
        "application_url": null,
        "created_at": time(application.created),
        "display_name": application.name,
        "logo_url": null,
        "name": application.name,
        "reason_for_access": known(&application.id).map(|one| one.use_case),
    });
    if let Some(scopes) = &application.scopes {
        shown["scopes"] = scopes.clone();
    }
    shown
}

fn known(id: &str) -> Option<&'static Known> {
    APPLICATIONS.iter().find(|one| one.id == id)
}

/// `/application/get`: an application that is registered, or one that was connected in the Sandbox.
pub fn get(call: &mut Call<'_>) -> Response {
    let id = call.request.required("application_id")?;
    if let Some(one) = known(id) {
        let (city, region, postal_code) = one.place;
        return Ok(json!({"application": {
            "application_id": one.id,
            "application_url": null,
            "city": city,
            "company_legal_name": one.company,
            "country_code": "US",
            "display_name": one.name,
            "join_date": one.joined,
            "logo_url": null,
            "name": one.name,
            "postal_code": postal_code,
            "reason_for_access": one.use_case,
            "region": region,
            "use_case": one.use_case,
        }}));
    }
    let seeded = call.tenant.items.values().flat_map(|item| &item.applications).find(|one| one.id == id);
    let seeded = seeded.ok_or_else(|| ApiError::invalid_field("application_id must be the id of an application"))?;
    let mut application = json!({
        "application_id": seeded.id,
        "join_date": seeded.created.date_naive(),
        "name": seeded.name,
        "display_name": seeded.name,
    });
    let unknown = [
        "application_url",
        "city",
        "company_legal_name",
        "country_code",
        "logo_url",
        "postal_code",
        "reason_for_access",
        "region",
        "use_case",
    ];
    for name in unknown {
        application[name] = Value::Null;
    }
    Ok(json!({"application": application}))
}
