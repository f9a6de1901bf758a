//! Pages of a collection.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use serde_json::{Map, Value};

use plaid_catalog::model::{Field, List, ListStyle, Paging, Property, Type};

use super::parents::parents;
use super::table::{self, Table, Verb};
use super::{Task, about, expand, respond};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::ops::{Call, Response};
use crate::state::Kept;

/// How many objects a page has, if neither the request nor the document says so.
const PAGE: usize = 10;

/// An object of a list, with its place.
pub struct Line {
    /// Its place in the order of creation.
    pub number: u64,
    /// When it was created.
    pub made: DateTime<Utc>,
    /// The object.
    pub value: Value,
}

/// Answers with a page of objects or versions.
pub fn list(call: &mut Call<'_>, task: Task) -> Response {
    let subject = about::of(call, task.row)?;
    let (name, collection) = Table::get().of(task.row).ok_or_else(|| ApiError::invalid_field("no collection"))?;
    respond::seed(call, name, collection);
    let lines = if task.row.verb == Verb::History {
        let (_, _, id) = respond::named(call, task.row)?;
        let kept = call.tenant.shelves.object(name, &id);
        kept.map(versions).unwrap_or_default()
    } else {
        exist(call, task)?;
        let shelf = call.tenant.shelves.get(name);
        let is_meant = |kept: &&Kept| matches(call, task, kept);
        let kept = shelf.into_iter().flat_map(|shelf| shelf.all().map(|(_, kept)| kept)).filter(is_meant);
        kept.map(|kept| Line { number: kept.number, made: kept.made, value: kept.value.clone() }).collect()
    };
    let mut known = respond::of_request(call, task.row, "");
    known.extend(page(call, task, lines)?);
    Ok(respond::respond(call, task, &subject, known, None))
}

/// The versions of an object, oldest first.
fn versions(kept: &Kept) -> Vec<Line> {
    let all = kept.past.iter().chain([&kept.value]);
    (1..).zip(all).map(|(number, value)| Line { number, made: kept.made, value: value.clone() }).collect()
}

/// Refuses a list of what belongs to an object that does not exist, if the request has to name one.
fn exist(call: &mut Call<'_>, task: Task) -> Result<(), ApiError> {
    let is_required = table::request(task.operation).iter().any(|field| field.required && !field.is_credential);
    if is_required { parents(call, task).map(drop) } else { Ok(()) }
}

/// Whether an object fits the fields of the request: those that do not belong to paging are filters.
fn matches(call: &Call<'_>, task: Task, kept: &Kept) -> bool {
    let paging = match &task.operation.paging {
        Some(Paging::List(list)) => {
            vec![list.start.name.as_str(), list.count.as_ref().map_or("", |one| one.name.as_str())]
        }
        _ => Vec::new(),
    };
    table::request(task.operation).iter().filter(|field| !field.is_credential).all(|field| {
        let name = field.wire.as_str();
        let Some(wanted) = call.request.value(name) else { return true };
        let kept_value = || [&kept.value, &kept.asked].into_iter().find_map(|value| expand::find(value, name));
        match wanted {
            _ if paging.contains(&name) || ["cursor", "count", "offset", "options", "after_id"].contains(&name) => true,
            Value::String(text) if name.starts_with("start_") => moment(text).is_none_or(|start| kept.made >= start),
            Value::String(text) if name.starts_with("end_") => moment(text).is_none_or(|end| kept.made <= end),
            Value::Array(all) => {
                let one = name.trim_end_matches('s');
                let value = [&kept.value, &kept.asked].into_iter().find_map(|value| expand::find(value, one));
                all.is_empty() || value.is_some_and(|value| all.contains(value))
            }
            // An object that was made of several others fits each of them.
            wanted => kept_value()
                .is_some_and(|kept| kept == wanted || kept.as_array().is_some_and(|all| all.contains(wanted))),
        }
    })
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc())
}

/// The page that the request asks for, under the names of the response's properties.
///
/// # Errors
/// `INVALID_FIELD` for a size or a cursor that is none.
pub fn page(call: &Call<'_>, task: Task, mut lines: Vec<Line>) -> Result<Map<String, Value>, ApiError> {
    let fields = table::response(task.operation);
    let mut known = Map::new();
    let Some(Paging::List(paging)) = &task.operation.paging else {
        lines.reverse();
        let most = call.request.integer("count").and_then(|count| usize::try_from(count).ok());
        lines.truncate(most.unwrap_or(lines.len()));
        if let Some(list) = fields.iter().find(|field| is_list(field) && field.wire != "warnings") {
            known.insert(list.wire.clone(), lines.into_iter().map(|line| line.value).collect());
        }
        return Ok(known);
    };
    let total = lines.len();
    let size = size(call, task, paging)?;
    let is_rising = matches!(paging.style, ListStyle::After { .. });
    if !is_rising {
        lines.reverse();
    }
    let start = value(call, &paging.start);
    match &paging.style {
        ListStyle::Offset | ListStyle::FilteredOffset => {
            let offset = start.and_then(Value::as_u64).and_then(|offset| usize::try_from(offset).ok()).unwrap_or(0);
            lines.drain(..offset.min(total));
        }
        ListStyle::After { .. } => {
            let after = start.and_then(Value::as_u64).unwrap_or(0);
            lines.retain(|line| line.number > after);
        }
        ListStyle::Cursor { .. } => {
            if let Some(text) = start.and_then(Value::as_str).filter(|text| !text.is_empty()) {
                let place = place(text, &task.operation.id).ok_or_else(|| {
                    ApiError::invalid_field(&format!("{} is not a cursor of this list", paging.start.name))
                })?;
                lines.retain(|line| line.number < place);
            }
        }
    }
    let more = lines.len() > size;
    lines.truncate(size);
    if let ListStyle::Cursor { next } = &paging.style {
        let is_time = fields.iter().any(|field| field.wire == *next && is_time(&field.ty));
        let last = lines.last().filter(|_| more).map(|line| cursor(line, is_time, &task.operation.id));
        let is_nullable = fields.iter().any(|field| field.wire == *next && (field.nullable || !field.required));
        let none = if is_nullable { Value::Null } else { Value::from("") };
        known.insert(next.clone(), last.map_or(none, Value::from));
    }
    known.extend(paging.more.clone().map(|name| (name, more.into())));
    known.extend(paging.total.clone().map(|name| (name, total.into())));
    known.insert(paging.items.clone(), lines.into_iter().map(|line| line.value).collect());
    Ok(known)
}

fn size(call: &Call<'_>, task: Task, paging: &List) -> Result<usize, ApiError> {
    let Some(count) = &paging.count else { return Ok(PAGE) };
    let default = paging.sizes.map_or(PAGE, |sizes| usize::try_from(sizes.default).unwrap_or(PAGE));
    match value(call, count).map(Value::as_u64) {
        None => Ok(default),
        Some(Some(size)) if size > 0 => Ok(usize::try_from(size).unwrap_or(default)),
        Some(_) => {
            Err(ApiError::invalid_field(&format!("{} must be at least 1 in {}", count.name, task.operation.path)))
        }
    }
}

fn value<'a>(call: &Call<'a>, property: &Property) -> Option<&'a Value> {
    let inside = property.inside.as_deref().map_or(call.request, |inside| call.request.object(inside));
    Fields(inside.0).value(&property.name)
}

fn is_list(field: &'static Field) -> bool {
    matches!(plaid_catalog::Catalog::plaid().api().resolve(&field.ty), Type::List(_))
}

fn is_time(ty: &'static Type) -> bool {
    match plaid_catalog::Catalog::plaid().api().resolve(ty) {
        Type::Nullable(inner) => is_time(inner),
        ty => matches!(ty, Type::DateTime),
    }
}

/// A cursor: the number of the last object of a page. A cursor that is a time has the number after its milliseconds.
fn cursor(line: &Line, is_time: bool, list: &str) -> String {
    if is_time {
        let number = TimeDelta::nanoseconds(i64::try_from(line.number % 1_000_000).unwrap_or(0));
        return (line.made + number).format("%Y-%m-%dT%H:%M:%S%.9fZ").to_string();
    }
    URL_SAFE_NO_PAD.encode(format!("{list}:{}", line.number))
}

fn place(cursor: &str, list: &str) -> Option<u64> {
    if let Some(time) = moment(cursor) {
        let number = u64::from(time.nanosecond() % 1_000_000);
        return Some(if number == 0 { u64::MAX } else { number });
    }
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    text.strip_prefix(list)?.strip_prefix(':')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Line, cursor, place};
    use chrono::DateTime;
    use serde_json::Value;

    #[test]
    fn cursors_hold_a_place_and_belong_to_their_list() {
        let made = DateTime::from_timestamp(1_795_867_200, 5_000_000).expect("a time");
        let line = Line { number: 42, made, value: Value::Null };
        assert_eq!(place(&cursor(&line, false, "walletList"), "walletList"), Some(42));
        assert_eq!(place(&cursor(&line, true, "paymentList"), "paymentList"), Some(42));
        assert_eq!(place(&cursor(&line, false, "walletList"), "other"), None);
        assert_eq!(place("nonsense", "walletList"), None);
    }
}
