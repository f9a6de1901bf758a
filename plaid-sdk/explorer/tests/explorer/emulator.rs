//! The emulator in the explorer's process: its pages, its controls and its script below /-/emulator.

use plaid_emulator::Emulator;
use plaid_explorer::{App, Emulated, GatewayLimits, Guard, serve};
use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

struct Lab {
    url: String,
    http: reqwest::Client,
}

impl Lab {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let url = format!("http://{address}");
        let emulated = Emulated::mount(Emulator::builder().self_check(true), &url, Vec::new()).expect("an emulator");
        let router = Guard::new(address).wrap(App::emulated(emulated).router());
        tokio::spawn(serve(listener, router, GatewayLimits::default(), std::future::pending()));
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build();
        Self { url, http: http.expect("a client") }
    }

    async fn call(&self, path: &str, body: Value) -> Value {
        let request = self.http.post(format!("{}{path}", self.url)).header("content-type", "application/json");
        let request = request.header("plaid-client-id", "0123456789abcdef01234567");
        let response = request.body(body.to_string()).send().await.expect("a response");
        let status = response.status();
        let text = response.text().await.expect("a body");
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        serde_json::from_str(&text).expect("JSON")
    }

    /// Gets an address as a link on a page of another site leads there.
    async fn get(&self, path: &str) -> Response {
        let path = path.strip_prefix(&self.url).unwrap_or(path);
        assert!(path.starts_with("/-/emulator"), "{path} leads out of the emulator");
        let request = self.http.get(format!("{}{path}", self.url)).header("accept", "text/html");
        let request = request.header("sec-fetch-site", "cross-site").header("sec-fetch-mode", "navigate");
        request.send().await.expect("a response")
    }

    async fn page(&self, path: &str) -> (String, String) {
        let mut path = path.to_owned();
        loop {
            let response = self.get(&path).await;
            match response.headers().get(LOCATION) {
                Some(to) => path = to.to_str().expect("a path").to_owned(),
                None => {
                    assert_eq!(response.status(), StatusCode::OK, "{path}");
                    return (path, response.text().await.expect("a page"));
                }
            }
        }
    }

    /// Sends a form of a page and follows where it leads.
    async fn submit(&self, path: &str, form: &str) -> String {
        let request = self.http.post(format!("{}{path}", self.url)).header("origin", &self.url);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let response = request.body(form.to_owned()).send().await.expect("a response");
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path}");
        let to = response.headers()[LOCATION].to_str().expect("a path").to_owned();
        self.page(&to).await.1
    }
}

/// The value of an attribute on a page, the first that begins as it should.
fn attribute<'a>(page: &'a str, name: &str, start: &str) -> &'a str {
    let from = page.find(&format!(" {name}=\"{start}")).expect("the attribute") + name.len() + 3;
    let rest = &page[from..];
    &rest[..rest.find('"').expect("its end")]
}

async fn link_token(lab: &Lab) -> Value {
    let request = json!({
        "client_name": "Acme", "language": "en", "country_codes": ["US"], "products": ["transactions"],
        "user": {"client_user_id": "user-1"}, "hosted_link": {},
    });
    lab.call("/link/token/create", request).await
}

#[tokio::test]
async fn a_person_goes_through_the_hosted_page() {
    let lab = Lab::start().await;
    let created = link_token(&lab).await;
    let hosted = created["hosted_link_url"].as_str().expect("a URL");
    assert!(hosted.starts_with(&format!("{}/-/emulator/_plaid/link/page/link-", lab.url)), "{hosted}");
    let (session, page) = lab.page(hosted).await;
    let style = attribute(&page, "href", "/-/emulator/_plaid/style.css");
    let style = lab.http.get(format!("{}{style}", lab.url)).send().await.expect("a response");
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
    let choose = attribute(&page, "action", "/-/emulator/_plaid/link/page/");
    assert!(choose.starts_with(&session), "{choose}");
    lab.submit(&format!("{session}/select"), "institution_id=ins_109508").await;
    lab.submit(&format!("{session}/login"), "username=user_good&password=pass_good").await;
    let done = lab.submit(&format!("{session}/accounts"), "mask=0000").await;
    assert!(done.contains("Your accounts are linked"), "{done}");
    let got = lab.call("/link/token/get", json!({"link_token": created["link_token"]})).await;
    let result = &got["link_sessions"][0]["results"]["item_add_results"][0];
    let item = lab.call("/item/public_token/exchange", json!({"public_token": result["public_token"]})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": item["access_token"]})).await;
    assert_eq!(accounts["accounts"][0]["mask"], "0000");
}

#[tokio::test]
async fn the_inspector_leads_to_its_own_pages() {
    let lab = Lab::start().await;
    link_token(&lab).await;
    for root in ["/-/emulator", "/-/emulator/"] {
        let (_, page) = lab.page(root).await;
        let tenant = attribute(&page, "href", "/-/emulator/_plaid/inspect/0");
        let (_, tenant) = lab.page(tenant).await;
        for start in ["requests", "webhooks", "faults"] {
            let link =
                attribute(&tenant, "href", &format!("/-/emulator/_plaid/inspect/0123456789abcdef01234567/{start}"));
            lab.page(link).await;
        }
        let brand = tenant.find("class=\"brand\"").expect("the way home");
        assert_eq!(attribute(&tenant[brand..], "href", "/"), "/-/emulator/");
    }
    let form = "back=%2F_plaid%2Finspect%2F0123456789abcdef01234567&name=one";
    let page = lab.submit("/-/emulator/_plaid/inspect/0123456789abcdef01234567/do/snapshot", form).await;
    assert!(page.contains("0123456789abcdef01234567"));
}

#[tokio::test]
async fn controls_and_the_script_of_link_are_there() {
    let lab = Lab::start().await;
    let created = link_token(&lab).await;
    let link = json!({"link_token": created["link_token"]});
    let done = lab.call("/-/emulator/_plaid/link/complete", link).await;
    assert!(done["public_token"].as_str().is_some_and(|token| token.starts_with("public-")), "{done}");
    let script = lab.http.get(format!("{}/-/emulator/link/v2/stable/link-initialize.js", lab.url));
    let script = script.header("sec-fetch-site", "cross-site").header("sec-fetch-mode", "no-cors");
    let script = script.send().await.expect("a response");
    assert_eq!(script.headers()["cross-origin-resource-policy"], "cross-origin");
    let script = script.text().await.expect("a script");
    assert!(script.contains(&format!("const BASE = \"{}/-/emulator\"", lab.url)));
    let other = lab.http.get(format!("{}/-/emulator/_plaid/webhooks", lab.url)).header("sec-fetch-site", "cross-site");
    assert_eq!(other.send().await.expect("a response").status(), StatusCode::FORBIDDEN);
}
