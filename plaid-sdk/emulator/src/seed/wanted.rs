//! What a seed file asks for: users and Items of the application.

use serde_json::{Value, json};

use crate::commands::Refused;
use crate::data::institutions::Institution;
use crate::engine::Engine;
use crate::fields::Fields;
use crate::state::Tenant;

/// The users and Items of a seed file. It is checked as a whole before anything is made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    users: Vec<Value>,
    items: Vec<NewItem>,
}

#[derive(Clone, Debug, PartialEq)]
struct NewItem {
    request: Value,
    user: Option<String>,
}

/// What a seed file looks like.
const HELP: &str = "send {\"users\": [{\"client_user_id\": …, \"identity\": {…}}], \"items\": [{\"institution_id\": …, \
                    \"username\": …, \"password\": …, \"products\": […], \"webhook\": …, \"client_user_id\": …}]}";

impl Wanted {
    /// Reads a seed file.
    ///
    /// # Errors
    /// Names the place of the first mistake: `items[1].institution_id`.
    pub fn read(value: &Value, institutions: &[Institution]) -> Result<Self, Refused> {
        if !value.is_object() {
            return Err(wrong("the file", "must be an object"));
        }
        if let Some(name) = Fields(value).unknown(&["users", "items"]) {
            return Err(wrong(name, "is not known"));
        }
        let mut wanted = Self::default();
        for (number, user) in list(value, "users")?.iter().enumerate() {
            let place = format!("users[{number}]");
            known_names(user, &place, &["client_user_id", "identity"])?;
            text(user, &place, "client_user_id")?
                .ok_or_else(|| wrong(&format!("{place}.client_user_id"), "is missing"))?;
            wanted.users.push(user.clone());
        }
        for (number, item) in list(value, "items")?.iter().enumerate() {
            wanted.items.push(Self::item(item, &format!("items[{number}]"), institutions)?);
        }
        Ok(wanted)
    }

    fn item(item: &Value, place: &str, institutions: &[Institution]) -> Result<NewItem, Refused> {
        let names = ["institution_id", "username", "password", "products", "webhook", "client_user_id"];
        known_names(item, place, &names)?;
        let institution = text(item, place, "institution_id")?.unwrap_or("ins_109508");
        if !institutions.iter().any(|one| one.id == institution) {
            return Err(wrong(&format!("{place}.institution_id"), &format!("names no institution: {institution}")));
        }
        let products = match item.get("products") {
            None => json!(["transactions"]),
            Some(Value::Array(all)) if !all.is_empty() && all.iter().all(Value::is_string) => json!(all),
            Some(_) => return Err(wrong(&format!("{place}.products"), "must be a list of texts")),
        };
        let mut options = json!({
            "override_username": text(item, place, "username")?.unwrap_or("user_good"),
            "override_password": text(item, place, "password")?.unwrap_or("pass_good"),
        });
        if let Some(webhook) = text(item, place, "webhook")? {
            options["webhook"] = webhook.into();
        }
        Ok(NewItem {
            request: json!({"institution_id": institution, "initial_products": products, "options": options}),
            user: text(item, place, "client_user_id")?.map(str::to_owned),
        })
    }

    /// Makes the users and Items. After a mistake the tenant is as before.
    ///
    /// # Errors
    /// Names the user or Item that the API refuses, with its error.
    pub fn make(&self, engine: &Engine, tenant: &mut Tenant) -> Result<Value, Refused> {
        let before = tenant.clone();
        let made = self.make_all(engine, tenant);
        if made.is_err() {
            *tenant = before;
        }
        made
    }

    fn make_all(&self, engine: &Engine, tenant: &mut Tenant) -> Result<Value, Refused> {
        let mut call = |place: &str, path: &str, body: &Value| {
            let refused = |error: Value| {
                wrong(place, &format!("is refused: {}", Fields(&error).text("error_message").unwrap_or("")))
            };
            engine.perform(tenant, path, body).map_err(refused)
        };
        let (mut users, mut items) = (Vec::new(), Vec::new());
        for (number, user) in self.users.iter().enumerate() {
            users.push(call(&format!("users[{number}]"), "/user/create", user)?);
        }
        for (number, item) in self.items.iter().enumerate() {
            let place = format!("items[{number}]");
            let public = call(&place, "/sandbox/public_token/create", &item.request)?;
            let body = json!({"public_token": public["public_token"]});
            let made = call(&place, "/item/public_token/exchange", &body)?;
            if let Some(user) = &item.user {
                let user = call(&place, "/user/create", &json!({"client_user_id": user}))?;
                let body = json!({"user_id": user["user_id"], "item_ids": [made["item_id"]]});
                call(&place, "/user/items/associate", &body)?;
            }
            items.push(json!({"access_token": made["access_token"], "item_id": made["item_id"]}));
        }
        let users = users.iter().map(|user| json!({"user_id": user["user_id"], "user_token": user["user_token"]}));
        Ok(json!({"items": items, "users": users.collect::<Vec<_>>()}))
    }
}

/// A mistake at a place.
pub(super) fn wrong(place: &str, what: &str) -> Refused {
    Refused::new(format!("{place} {what}"), HELP)
}

/// A list. An absent one is empty.
pub(super) fn list<'a>(value: &'a Value, name: &str) -> Result<&'a [Value], Refused> {
    match value.get(name) {
        None => Ok(&[]),
        Some(Value::Array(all)) => Ok(all),
        Some(_) => Err(wrong(name, "must be a list")),
    }
}

/// A text, if it is there.
pub(super) fn text<'a>(value: &'a Value, place: &str, name: &str) -> Result<Option<&'a str>, Refused> {
    match value.get(name) {
        None => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
        Some(_) => Err(wrong(&format!("{place}.{name}"), "must be a text")),
    }
}

/// Refuses fields that a user or an Item of the file does not have.
pub(super) fn known_names(value: &Value, place: &str, names: &[&str]) -> Result<(), Refused> {
    if !value.is_object() {
        return Err(wrong(place, "must be an object"));
    }
    match Fields(value).unknown(names) {
        Some(name) => Err(wrong(&format!("{place}.{name}"), "is not known")),
        None => Ok(()),
    }
}
