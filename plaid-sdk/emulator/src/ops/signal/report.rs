//! What the application reports of a payment: whether it was started, and whether it came back.

use super::{error, not_signed};
use crate::error::ApiError;
use crate::ops::{Call, Response, nothing, processors};
use crate::state::ItemId;
use crate::state::signal::{Payment, Stage};

/// `/signal/decision/report`. A later report corrects an earlier one.
pub fn decision(call: &mut Call<'_>) -> Response {
    decide(call, None)
}

/// `/processor/signal/decision/report`.
pub fn decision_of_processor(call: &mut Call<'_>) -> Response {
    let (item, _) = processors::may_read(call, Some("signal"))?;
    decide(call, Some(&item))
}

fn decide(call: &mut Call<'_>, item: Option<&ItemId>) -> Response {
    let initiated = call.request.flag("initiated");
    known(call, item)?.stage = Stage::decided(initiated);
    nothing()
}

/// `/signal/return/report`.
pub fn returned(call: &mut Call<'_>) -> Response {
    give_back(call, None)
}

/// `/processor/signal/return/report`.
pub fn returned_of_processor(call: &mut Call<'_>) -> Response {
    let (item, _) = processors::may_read(call, Some("signal"))?;
    give_back(call, Some(&item))
}

fn give_back(call: &mut Call<'_>, item: Option<&ItemId>) -> Response {
    let code = call.request.required("return_code")?;
    if !is_return_code(code) {
        return Err(ApiError::invalid_field("return_code must be a return code of ACH, such as R01"));
    }
    let payment = known(call, item)?;
    if !payment.stage.can_return() {
        let message = "the transaction was reported as not initiated, so it can't be returned";
        return Err(error("SIGNAL_TRANSACTION_NOT_INITIATED", message));
    }
    payment.returned = Some(code.to_owned());
    nothing()
}

/// The payment that a request names. A processor only knows those of its Item.
fn known<'a>(call: &'a mut Call<'_>, item: Option<&ItemId>) -> Result<&'a mut Payment, ApiError> {
    if !call.tenant.signal.is_signed {
        return Err(not_signed());
    }
    let id = call.request.required("client_transaction_id")?;
    let payment = call.tenant.signal.payments.get_mut(id);
    let payment = payment.filter(|payment| item.is_none_or(|item| payment.item == *item));
    payment.ok_or_else(|| {
        ApiError::invalid_field("client_transaction_id must be that of a transaction that was evaluated before")
    })
}

/// Whether a text is one of the codes R01 to R85.
fn is_return_code(code: &str) -> bool {
    let is_number = |digits: &&str| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let digits = code.strip_prefix('R').filter(is_number);
    digits.and_then(|digits| digits.parse::<u8>().ok()).is_some_and(|number| (1..=85).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::is_return_code;

    #[test]
    fn return_codes_are_an_r_and_two_digits() {
        assert_eq!(["R01", "R29", "R85"].map(is_return_code), [true; 3]);
        assert_eq!(["R00", "R86", "R1", "r01", "R+1", "X01", ""].map(is_return_code), [false; 7]);
    }
}
