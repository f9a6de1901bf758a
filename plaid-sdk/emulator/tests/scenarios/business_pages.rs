//! The pages on which a business tells about itself: for its verification, and as an originator of transfers.

use plaid_emulator::Emulator;
use serde_json::{Value, json};

use crate::hosted::Browser;
use crate::support::Lab;

const FOREIGN: &str = "https://attacker.example";

fn url(response: &Value, name: &str) -> String {
    response[name].as_str().expect("an address").to_owned()
}

/// The names of the fields that a page marks as wrong.
fn marked(page: &str) -> Vec<&str> {
    let inputs = page.split("<input ").skip(1).filter_map(|rest| rest.split_once('>')).map(|(input, _)| input);
    let wrong = inputs.filter(|input| input.contains(r#"aria-invalid="true""#));
    wrong.filter_map(|input| input.split_once(r#"name=""#)?.1.split('"').next()).collect()
}

#[tokio::test]
async fn somebody_of_a_business_enters_its_data() {
    let lab = Lab::start(Emulator::builder()).await;
    let browser = Browser::new(&lab);
    let made = lab.call("/business_verification/create", json!({"client_user_id": "ann"})).await;
    let get = async || {
        let ask = json!({"business_verification_id": made["id"]});
        lab.call("/business_verification/get", ask).await
    };
    let page = url(&made, "shareable_url");
    assert!(browser.open(&page).await.1.contains("Verify your business"));
    let form = "name=Acme&street=1+Main+St.&city=Pawnee&region=IN&postal_code=46001&website=";
    let (path, key) = page.split_once('?').expect("a key");
    assert!(key.len() > 10, "{key}");
    assert_eq!(browser.get(path).await.0, 404, "the key belongs to the address");
    assert_eq!(browser.send(&format!("{path}?key=x"), form).await.0, 404);
    let own_path = page.strip_prefix(lab.emulator.base_url()).expect("an own address");
    assert_eq!(browser.post_from(FOREIGN, own_path, form).await.0, 403);
    assert!(browser.open(&page).await.1.contains("Business verification"));
    let (status, wrong) =
        browser.send(&page, &form.replace("Acme", "++").replace("website=", "website=example.com")).await;
    assert_eq!((status, marked(&wrong)), (400, vec!["name", "website"]), "{wrong}");
    assert!(wrong.contains("Correct the 2 marked answers."), "{wrong}");
    assert!(wrong.contains(r#"value="1 Main St.""#), "what was right stays: {wrong}");
    let (beside, _) = wrong.split_once("Fill this in.").expect("words beside the field");
    assert!(beside.ends_with(r#"<p class="wrong" id="name-wrong">"#), "{beside}");
    assert_eq!(get().await["status"], "active", "nothing was taken");
    assert_eq!(browser.send(&page, form).await.0, 200);
    let got = get().await;
    assert_eq!((&got["status"], &got["search_terms"]["name"]), (&json!("success"), &json!("Acme")));
    assert_eq!(got["search_terms"]["address"]["postal_code"], "46001");
    assert!(browser.open(&page).await.1.contains("Your answers were sent"));
    let (status, again) = browser.send(&page, form).await;
    assert!(status == 400 && again.contains("Your answers were not taken"), "the data is there already: {again}");
}

#[tokio::test]
async fn an_originator_answers_the_questions_of_its_page() {
    let lab = Lab::start(Emulator::builder()).await;
    let browser = Browser::new(&lab);
    let made = lab.call("/transfer/originator/create", json!({"company_name": "Acme"})).await;
    let id = made["originator_client_id"].clone();
    let status = async || {
        let got = lab.call("/transfer/originator/get", json!({"originator_client_id": id})).await;
        got["originator"]["transfer_diligence_status"].clone()
    };
    let body = json!({"originator_client_id": id, "redirect_uri": "https://app.example/done"});
    let page = url(&lab.call("/transfer/questionnaire/create", body.clone()).await, "onboarding_url");
    let asked = browser.open(&page).await.1;
    assert!(asked.contains("Transfer questionnaire for Acme") && asked.contains("NAICS"), "{asked}");
    assert_eq!(marked(&asked), [""; 0]);
    let form = "dba=Acme&tax_id=123456789&website=https%3A%2F%2Fexample.com&naics_code=";
    let (code, wrong) = browser.send(&page, &format!("{form}abc")).await;
    assert!(code == 400 && wrong.contains("Write 6 digits."), "{wrong}");
    assert_eq!(marked(&wrong), ["naics_code"]);
    let (path, _) = page.split_once('?').expect("a session");
    assert_eq!(browser.get(path).await.0, 404, "the session belongs to the address");
    assert_eq!(status().await, "not_submitted");
    let (code, end) = browser.send(&page, &format!("{form}561790")).await;
    assert!(code == 200 && end.contains("https://app.example/done"), "{end}");
    assert_eq!(status().await, "submitted");
    assert_eq!(browser.get(&page).await.0, 404, "the questions are answered");

    // People at Plaid look at it and ask for more, which the originator answers on another page.
    let review = format!("originators/{}/review", id.as_str().expect("an id"));
    for to in ["under_review", "more_information_required"] {
        lab.control(&review, json!({"status": to})).await;
    }
    let page = url(&lab.call("/transfer/questionnaire/create", body).await, "onboarding_url");
    assert_eq!(browser.send(&page, &format!("{form}561790")).await.0, 200);
    assert_eq!(status().await, "under_review");
}
