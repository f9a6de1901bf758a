//! Handles errors: by error code if Plaid returned one, by kind if not.
//!
//! `PLAID_ENV=sandbox PLAID_CLIENT_ID=… PLAID_SECRET=… cargo run --example handle_errors ACCESS_TOKEN`

use plaid_sdk::auth::AuthGetRequest;
use plaid_sdk::{Client, Error, ErrorCode};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let plaid = Client::from_env()?;
    let access_token = std::env::args().nth(1).expect("an access token");
    match plaid.auth_get(AuthGetRequest::new(access_token)).await {
        Ok(auth) => println!("{} accounts have numbers for ACH", auth.numbers.ach.len()),
        Err(error) => println!("{}", advice(&error)),
    }
    Ok(())
}

fn advice(error: &Error) -> String {
    if error.needs_update_mode() {
        return "ask the user to log in again, in Link's update mode".to_owned();
    }
    if error.is_not_ready() {
        return "ask again in a few seconds, or wait for the webhook".to_owned();
    }
    match error.code() {
        Some(ErrorCode::InvalidAccessToken | ErrorCode::ItemNotFound) => {
            "forget the access token: it is gone".to_owned()
        }
        // Plaid adds codes at any time. For an unknown code, branch on the type.
        Some(code) if error.error_type() == Some("INSTITUTION_ERROR") => format!("the bank has trouble: {code}"),
        Some(_) if error.display_message().is_some() => error.display_message().unwrap_or_default().to_owned(),
        // The error prints the request id, which Plaid's support asks for. The advice is for developers.
        Some(code) => format!("report this: {error}. {}", code.advice().unwrap_or_default()),
        None if error.is_connect() || error.is_tls() => "Plaid can't be reached; nothing was sent".to_owned(),
        None if error.is_decode() => format!("report this to the SDK: {error}"),
        None if error.may_have_been_carried_out() => format!("no answer; Plaid may have carried it out: {error}"),
        None => format!("try again later: {error}"),
    }
}
