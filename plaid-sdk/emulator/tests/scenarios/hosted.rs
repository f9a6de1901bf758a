//! The hosted page of Link, as a browser without scripts goes through it.

use chrono::TimeDelta;
use plaid_emulator::Emulator;
use reqwest::header::{HeaderMap, LOCATION};
use serde_json::{Value, json};

use crate::support::{Lab, http_without_redirects, link_request, merged};

/// A browser: follows no redirects by itself, and sends the headers of one.
pub struct Browser {
    http: reqwest::Client,
    base: String,
}

impl Browser {
    pub fn new(lab: &Lab) -> Self {
        Self { http: http_without_redirects(), base: lab.emulator.base_url().to_owned() }
    }

    pub async fn get(&self, path: &str) -> (u16, HeaderMap, String) {
        let path = path.strip_prefix(&self.base).unwrap_or(path);
        let response = self.http.get(format!("{}{path}", self.base)).send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        (status, headers, String::from_utf8(response.bytes().await.expect("a body").to_vec()).expect("UTF-8"))
    }

    /// Opens a page and follows its redirects. Returns the last path and the page.
    pub async fn open(&self, path: &str) -> (String, String) {
        let mut path = path.to_owned();
        loop {
            let (status, headers, page) = self.get(&path).await;
            match headers.get(LOCATION) {
                Some(to) => path = to.to_str().expect("a path").to_owned(),
                None => {
                    assert_eq!(status, 200, "{page}");
                    return (path, page);
                }
            }
        }
    }

    /// Sends the form of a page from the page itself, and returns the status and what is shown then.
    pub async fn send(&self, url: &str, form: &str) -> (u16, String) {
        let request = self.http.post(url).header("Origin", &self.base);
        let request = request.header("Content-Type", "application/x-www-form-urlencoded").body(form.to_owned());
        let response = request.send().await.expect("an answer");
        (response.status().as_u16(), response.text().await.expect("a page"))
    }

    /// Sends a form from an origin, and returns the status and where it leads.
    pub async fn post_from(&self, origin: &str, path: &str, form: &str) -> (u16, String) {
        let request = self.http.post(format!("{}{path}", self.base)).header("Origin", origin);
        let request = request.header("Content-Type", "application/x-www-form-urlencoded").body(form.to_owned());
        let response = request.send().await.expect("an answer");
        let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
        (response.status().as_u16(), to)
    }

    /// Takes a step: sends the form of a verb of a session's page, and returns the next page.
    async fn step(&self, session: &str, verb: &str, form: &str) -> String {
        let (path, query) = session.split_once('?').unwrap_or((session, ""));
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        let (status, to) = self.post_from(&self.base, &format!("{path}/{verb}{query}"), form).await;
        assert_eq!(status, 303, "{verb}");
        self.open(&to).await.1
    }
}

async fn token(lab: &Lab, more: Value) -> Value {
    let plain = json!({"client_name": "Acme <b>&", "products": ["transactions"], "hosted_link": {}});
    lab.call("/link/token/create", link_request(merged(plain, more))).await
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().expect("a text")
}

#[tokio::test]
async fn a_person_goes_through_the_hosted_page() {
    let lab = Lab::start(Emulator::builder()).await;
    let browser = Browser::new(&lab);
    let hosted = json!({"hosted_link": {"completion_redirect_uri": "https://app.example/done"}});
    let created = token(&lab, hosted).await;
    let (session, page) = browser.open(text(&created, "hosted_link_url")).await;
    assert!(page.contains("EMULATOR") && page.contains("Acme &lt;b&gt;&amp;") && page.contains("First Platypus Bank"));
    assert!(!page.contains("Royal Platypus Bank UK"), "only institutions of the token's countries");
    assert_eq!(browser.open(text(&created, "hosted_link_url")).await.0, session, "a reload goes on with the session");

    let (_, found) = browser.open(&format!("{session}?q=tartan")).await;
    assert!(found.contains("Tartan Bank") && !found.contains("Houndstooth"));
    assert!(browser.open(&format!("{session}?q=%3Cscript%3E")).await.1.contains("No institution has “&lt;script&gt;”"));
    assert!(browser.step(&session, "select", "institution_id=ins_1").await.contains("Log in to Bank of America"));
    let wrong = browser.step(&session, "login", "username=user_good&password=nope").await;
    assert!(wrong.contains("INVALID_CREDENTIALS") && wrong.contains("role=\"alert\""));
    assert!(browser.step(&session, "login", "username=user_good&password=pass_good").await.contains("type=\"radio\""));
    browser.step(&session, "mfa", "answer0=Phone+ending+in+5555").await;
    assert!(browser.step(&session, "mfa", "answer0=9999").await.contains("INVALID_MFA"));
    assert!(browser.step(&session, "mfa", "answer0=1234").await.contains("Plaid 401k"));
    assert!(browser.step(&session, "accounts", "").await.contains("Choose at least one account."));
    let done = browser.step(&session, "accounts", "mask=0000&mask=9999").await;
    assert!(done.contains("Your accounts are linked") && done.contains("1;url=https://app.example/done"));

    let got = lab.call("/link/token/get", json!({"link_token": created["link_token"]})).await;
    let result = &got["link_sessions"][0]["results"]["item_add_results"][0];
    assert_eq!(result["accounts"].as_array().map(Vec::len), Some(2));
    let item = lab.call("/item/public_token/exchange", json!({"public_token": result["public_token"]})).await;
    lab.call("/accounts/get", json!({"access_token": item["access_token"]})).await;
    assert!(browser.step(&session, "login", "username=x").await.contains("Your accounts are linked"), "it has ended");
}

#[tokio::test]
async fn a_frame_gets_the_arguments_of_the_callbacks() {
    let lab = Lab::start(Emulator::builder()).await;
    let browser = Browser::new(&lab);
    let created = token(&lab, json!({})).await;
    let start = format!("{}?embed=http%3A%2F%2Flocalhost%3A3000", text(&created, "hosted_link_url"));
    let (session, page) = browser.open(&start).await;
    assert!(session.ends_with("?embed=http%3A%2F%2Flocalhost%3A3000") && page.contains("/_plaid/relay.js"));
    assert!(
        page.contains("data-embed=\"http://localhost:3000\"")
            && page.contains("&quot;event_name&quot;:&quot;OPEN&quot;")
    );
    let left = browser.step(&session, "exit", "").await;
    assert!(left.contains("You have left Link") && left.contains("data-end=\"{&quot;error&quot;:null"));
    assert!(left.contains("&quot;status&quot;:null"));
    let plain = browser.open(text(&created, "hosted_link_url")).await.1;
    assert!(!plain.contains("relay.js") && !plain.contains("data-events"));
    let evil = format!("{}?embed=javascript%3Aalert(1)", text(&created, "hosted_link_url"));
    assert!(!browser.open(&evil).await.1.contains("javascript"));

    let (_, _, script) = browser.get("/link/v2/stable/link-initialize.js").await;
    assert!(script.contains(&format!("const BASE = \"{}\"", lab.emulator.base_url())));
}

#[tokio::test]
async fn a_bank_with_a_page_of_its_own_leads_back_to_the_application() {
    let lab = Lab::start(Emulator::builder()).await;
    let browser = Browser::new(&lab);
    let created =
        token(&lab, json!({"institution_id": "ins_127287", "redirect_uri": "https://app.example/oauth?a=1"})).await;
    let (session, page) = browser.open(text(&created, "hosted_link_url")).await;
    assert!(page.contains("the bank's own page") && page.contains("/login?top=1"));
    let (status, to) =
        browser.post_from(&browser.base, &format!("{session}/login?top=1"), "username=user_good&password=x").await;
    assert_eq!(status, 303);
    let (_, page) = browser.open(&to).await;
    let state = page.split("oauth_state_id=").nth(1).and_then(|rest| rest.split('"').next()).expect("a state");
    assert!(page.contains("https://app.example/oauth?a=1&amp;oauth_state_id="), "{page}");
    let back = format!("{}?oauth_state_id={state}", text(&created, "hosted_link_url"));
    assert!(browser.open(&back).await.1.contains("Choose accounts"));
    assert_eq!(browser.get(&format!("{}?oauth_state_id=x", text(&created, "hosted_link_url"))).await.0, 400);
}

#[tokio::test]
async fn forms_of_other_origins_unknown_links_and_expired_ones_are_refused() {
    let lab = Lab::start(Emulator::builder()).await;
    let browser = Browser::new(&lab);
    let created = token(&lab, json!({"hosted_link": {"url_lifetime_seconds": 60}})).await;
    let (session, _) = browser.open(text(&created, "hosted_link_url")).await;
    for origin in ["https://attacker.example", "null"] {
        let (status, _) = browser.post_from(origin, &format!("{session}/exit"), "").await;
        assert_eq!(status, 403, "{origin}");
    }
    assert!(browser.open(&session).await.1.contains("Choose your institution"), "nothing has happened");
    let (_, headers, _) = browser.get(&session).await;
    let policy = headers["content-security-policy"].to_str().expect("a text");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(headers["referrer-policy"], "same-origin");
    let request = browser.http.get(format!("{}{session}", browser.base)).header("Host", "attacker.example");
    assert_eq!(request.send().await.expect("an answer").status().as_u16(), 421);

    assert_eq!(browser.get("/_plaid/link/page/link-sandbox-nothing").await.0, 404);
    assert_eq!(browser.get(&format!("/_plaid/link/page/{}/session/x", text(&created, "link_token"))).await.0, 404);
    lab.tenant().advance(TimeDelta::minutes(2)).expect("forward");
    let (status, _, page) = browser.get(&session).await;
    assert!(status == 410 && page.contains("has expired"), "{page}");
    assert_eq!(browser.get(text(&created, "hosted_link_url")).await.0, 410);
}

#[tokio::test]
async fn several_items_and_update_mode_have_their_pages() {
    let lab = Lab::start(Emulator::builder()).await;
    let browser = Browser::new(&lab);
    let created = token(&lab, json!({"enable_multi_item_link": true})).await;
    let (session, _) = browser.open(text(&created, "hosted_link_url")).await;
    for (institution, verb) in [("ins_109508", "another"), ("ins_109509", "end")] {
        browser.step(&session, "select", &format!("institution_id={institution}")).await;
        browser.step(&session, "login", "username=user_good&password=pass_good").await;
        assert!(browser.step(&session, "accounts", "mask=0000").await.contains("Add another"));
        browser.step(&session, verb, "").await;
    }
    assert!(browser.open(&session).await.1.contains("at 2 institutions"));

    let access = lab.item("user_good", json!({})).await;
    let update =
        link_request(json!({"hosted_link": {}, "access_token": access, "update": {"account_selection_enabled": true}}));
    let created = lab.call("/link/token/create", update).await;
    let (session, page) = browser.open(text(&created, "hosted_link_url")).await;
    assert!(page.contains("Log in to First Platypus Bank") && !page.contains("/back"));
    assert!(browser.step(&session, "login", "username=user_good&password=pass_good").await.contains("checked"));
    assert!(browser.step(&session, "accounts", "mask=1111").await.contains("read the Item again"));
}

#[tokio::test]
async fn numbers_of_an_account_can_be_entered_instead_of_a_login() {
    let lab = Lab::start(Emulator::builder()).await;
    let browser = Browser::new(&lab);
    let auth = json!({"products": ["auth"], "auth": {"same_day_microdeposits_enabled": true}});
    let created = token(&lab, auth).await;
    let (session, page) = browser.open(text(&created, "hosted_link_url")).await;
    assert!(page.contains("?numbers=1"));
    assert!(browser.open(&format!("{session}?numbers=1")).await.1.contains("Routing number"));
    let wrong = browser.step(&session, "numbers", "routing=12&account=1111222233330000").await;
    assert!(wrong.contains("INVALID_FIELD") && wrong.contains("Routing number"), "{wrong}");
    let right = "routing=110000000&account=1111222233330000&name=Ann&subtype=savings&code=";
    assert!(browser.step(&session, "numbers", right).await.contains("Your accounts are linked"));
    let got = lab.call("/link/token/get", json!({"link_token": created["link_token"]})).await;
    let account = &got["link_sessions"][0]["on_success"]["metadata"]["accounts"][0];
    assert_eq!(
        (&account["verification_status"], &account["subtype"]),
        (&json!("pending_manual_verification"), &json!("savings"))
    );
    assert_eq!(got["link_sessions"].as_array().map(Vec::len), Some(1), "it was one session");
    let plain = token(&lab, json!({})).await;
    assert!(!browser.open(text(&plain, "hosted_link_url")).await.1.contains("?numbers=1"));
}

#[tokio::test]
async fn a_person_sees_what_they_pay_and_the_payment_goes_on() {
    let lab = Lab::start(Emulator::builder()).await;
    let browser = Browser::new(&lab);
    let recipient = json!({"name": "Ann & Bob", "iban": "GB29NWBK60161331926819"});
    let recipient = lab.call("/payment_initiation/recipient/create", recipient).await["recipient_id"].clone();
    let body = json!({"recipient_id": recipient, "reference": "rent", "amount": {"currency": "GBP", "value": 10.5}});
    let payment = json!({"payment_id": lab.call("/payment_initiation/payment/create", body).await["payment_id"]});
    let products = json!({"products": ["payment_initiation"], "payment_initiation": payment, "country_codes": ["GB"]});
    let created = token(&lab, products).await;
    let (session, page) = browser.open(text(&created, "hosted_link_url")).await;
    assert!(page.contains("Royal Platypus Bank UK"), "an institution of the token's country");
    browser.step(&session, "select", "institution_id=ins_109508").await;
    let accounts = browser.step(&session, "login", "username=user_good&password=pass_good").await;
    assert!(accounts.contains("Pay 10.50 GBP to Ann &amp; Bob."), "{accounts}");
    browser.step(&session, "accounts", "mask=0000").await;
    let got = lab.call("/payment_initiation/payment/get", payment).await;
    assert_eq!(got["status"], "PAYMENT_STATUS_EXECUTED");
}
