//! Creates an asset report and stores it as a PDF.
//!
//! `PLAID_ENV=sandbox PLAID_CLIENT_ID=… PLAID_SECRET=… cargo run --example asset_report_pdf ACCESS_TOKEN`

use std::error::Error;
use std::time::Duration;

use plaid_sdk::Client;
use plaid_sdk::asset_report::{AssetReportCreateRequest, AssetReportPdfGetRequest};
use plaid_sdk::response::Download;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let plaid = Client::from_env()?;
    let access_token = std::env::args().nth(1).expect("an access token");

    let report = plaid.asset_report_create(AssetReportCreateRequest::new(60).access_tokens([access_token])).await?;
    let pdf = download(&plaid, &report.asset_report_token).await?;
    println!("{} bytes of {}", pdf.bytes().len(), pdf.content_type().unwrap_or("an unknown type"));
    std::fs::write("asset-report.pdf", pdf.bytes())?;
    Ok(())
}

/// Creating a report takes a while. Applications wait for the webhook; this example polls.
async fn download(plaid: &Client, asset_report_token: &str) -> Result<Download, plaid_sdk::Error> {
    let mut tries = 0;
    loop {
        tries += 1;
        match plaid.asset_report_pdf_get(AssetReportPdfGetRequest::new(asset_report_token)).await {
            Err(error) if error.is_not_ready() && tries < 20 => {
                tokio::time::sleep(Duration::from_secs(3)).await;
            }
            result => return result,
        }
    }
}
