//! Moves money: requests an authorization, then creates the transfer.
//!
//! `PLAID_ENV=sandbox PLAID_CLIENT_ID=… PLAID_SECRET=… cargo run --example transfer ACCESS_TOKEN ACCOUNT_ID ORDER_ID`

use plaid_sdk::transfer::{
    AchClass, TransferAuthorizationCreateRequest, TransferAuthorizationDecision, TransferAuthorizationUserInRequest,
    TransferCreateRequest, TransferCreateRequestRequired, TransferNetwork, TransferType,
};
use plaid_sdk::{Client, Decimal, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let plaid = Client::from_env()?;
    let [access_token, account_id, order_id] =
        [1, 2, 3].map(|at| std::env::args().nth(at).expect("an access token, an account id and an order id"));

    // 12.34, exactly.
    let amount = Decimal::new(1234, 2);
    let request = TransferAuthorizationCreateRequest::new(
        &access_token,
        &account_id,
        TransferType::Debit,
        TransferNetwork::Ach,
        amount,
        TransferAuthorizationUserInRequest::new("Anne Charleston"),
    );
    // With the key, a retry is safe even from another process: one order is authorized once.
    let request = request.ach_class(AchClass::Ppd).idempotency_key(order_id);
    let authorization = match plaid.transfer_authorization_create(request).await {
        Ok(response) => response.authorization,
        Err(error) if error.may_have_been_carried_out() => {
            println!("it is not known what became of it; run this again with the same order: {error}");
            return Ok(());
        }
        Err(error) => return Err(error),
    };

    if authorization.decision != TransferAuthorizationDecision::Approved {
        let why = authorization.decision_rationale.map(|rationale| rationale.description).unwrap_or_default();
        println!("{}: {why}", authorization.decision);
        return Ok(());
    }

    // An authorization allows one transfer, however often this request is retried.
    let request = TransferCreateRequest::new(TransferCreateRequestRequired {
        access_token,
        account_id,
        authorization_id: authorization.id,
        description: "Order".to_owned(),
    })
    .amount(amount);
    let transfer = plaid.transfer_create(request).await?.transfer;
    println!("transfer {} of {} is {}", transfer.id, transfer.amount, transfer.status);
    Ok(())
}
