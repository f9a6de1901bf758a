//! `/credit/sessions/get`: the sessions of a user that are over, with what came of them.

use serde_json::{Map, Value, json};

use crate::fields::{Fields, time};
use crate::ops::{Call, Response, users};
use crate::state::payroll::Flow;
use crate::state::{BankReport, Item, LinkToken, ReportState, Session, Tenant};

/// The sessions, the newest first.
pub fn get(call: &mut Call<'_>) -> Response {
    let user = users::named(call.tenant, call.request)?;
    let tenant = &*call.tenant;
    let links = tenant.links.values().filter(|link| link.user.as_ref() == Some(&user));
    let sessions = links.flat_map(|link| link.sessions.iter().map(move |session| (link, session)));
    let mut all: Vec<(&LinkToken, &Session)> = sessions.filter(|(_, one)| one.finished.is_some()).collect();
    all.sort_by_key(|(_, session)| std::cmp::Reverse(session.started));
    Ok(json!({"sessions": all.into_iter().map(|(link, session)| view(tenant, link, session)).collect::<Vec<_>>()}))
}

fn view(tenant: &Tenant, link: &LinkToken, session: &Session) -> Value {
    let of_token = |token: &String| tenant.items.get(&tenant.public.get(token)?.item);
    let items: Vec<(&String, &Item)> =
        session.results.iter().filter_map(|(token, _)| Some((token, of_token(token)?))).collect();
    let added = items
        .iter()
        .filter(|_| link.update.is_none())
        .map(|(token, item)| json!({"institution_id": item.institution, "item_id": item.id, "public_token": token}));
    let mut results = Map::from_iter([("item_add_results".to_owned(), added.collect())]);
    results.extend(incomes(tenant, link, &items));
    let mut shown = json!({
        "link_session_id": session.id,
        "results": results,
        "session_start_time": time(session.started),
    });
    if let Some(error) = session.exit.as_ref().and_then(|exit| exit.get("error")).filter(|error| error.is_object()) {
        let names = ["display_message", "error_code", "error_message", "error_type"];
        let error: Value = names.into_iter().map(|name| (name.to_owned(), error[name].clone())).collect();
        shown["errors"] = json!([error]);
    }
    shown
}

/// What came of the incomes that the session asked for.
fn incomes(tenant: &Tenant, link: &LinkToken, items: &[(&String, &Item)]) -> Map<String, Value> {
    let mut shown = Map::new();
    if !super::asks(Fields(&link.request), "products") {
        return shown;
    }
    let (mut incomes, mut employments, mut payrolls) = (Vec::new(), Vec::new(), Vec::new());
    for (_, item) in items {
        if let Some(payroll) = tenant.incomes.payrolls.get(&item.id) {
            let documents = &payroll.documents;
            match payroll.flow {
                Flow::Digital => payrolls.push(json!({
                    "institution_id": item.institution,
                    "num_paystubs_retrieved": documents.stubs.len(),
                    "num_w2s_retrieved": documents.w2s.len(),
                })),
                Flow::Document => {
                    let count = json!({
                        "num_1099s_uploaded": documents.forms_1099.len(),
                        "num_bank_statements_uploaded": documents.statements.len(),
                        // Newer clients require it; the document lacks it.
                        "num_i20s_uploaded": 0,
                        "num_paystubs_uploaded": documents.stubs.len(),
                        "num_w2s_uploaded": documents.w2s.len(),
                    });
                    shown.insert("document_income_results".to_owned(), count);
                }
            }
        }
        let is_of = |report: &&BankReport| report.items.iter().any(|(id, _)| *id == item.id);
        let Some(report) = tenant.incomes.reports.values().find(is_of) else { continue };
        let count = |list: &str, name: &str| {
            let ReportState::Ready { income, employment } = &report.state else { return None };
            let all = [income, employment].into_iter().filter_map(|one| one["items"].as_array()).flatten();
            let own = all.into_iter().filter(|one| one["item_id"] == json!(item.id) && one.get(list).is_some());
            own.filter_map(|one| one[name].as_array()).map(Vec::len).next()
        };
        let status = |found: Option<usize>, nothing: &str| match (&report.state, found) {
            (ReportState::Pending, _) => "STARTED".to_owned(),
            (ReportState::Failed, _) => "INTERNAL_ERROR".to_owned(),
            (_, Some(1..)) => "APPROVED".to_owned(),
            (_, _) => nothing.to_owned(),
        };
        let result = |status: String| json!({"institution_id": item.institution, "item_id": item.id, "status": status});
        let income = count("bank_income_sources", "bank_income_sources");
        incomes.push(result(status(income, "NO_DEPOSITS_FOUND")));
        let jobs = count("bank_employments", "bank_employments");
        employments.push(result(status(jobs, "NO_EMPLOYERS_FOUND")));
    }
    shown.insert("bank_income_results".to_owned(), incomes.into());
    shown.insert("payroll_income_results".to_owned(), payrolls.into());
    if Fields(&link.request).texts("products").is_some_and(|all| all.contains(&"employment")) {
        shown.insert("bank_employment_results".to_owned(), employments.into());
    }
    shown
}
