//! What a request for past rows selects: a period, and a page of it.

use chrono::NaiveDate;

use crate::error::ApiError;
use crate::fields::Fields;

/// A period, and a page of what happened in it.
pub struct Selection {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// How many rows the page has at the most.
    pub count: usize,
    /// How many rows come before it.
    pub offset: usize,
}

impl Selection {
    /// Reads `start_date`, `end_date`, and the options `count` and `offset`.
    ///
    /// # Errors
    /// `MISSING_FIELDS` without a date; `INVALID_FIELD` for a date that is none, a period that ends before it starts, and a page that
    /// is too large.
    pub fn of(request: Fields<'_>) -> Result<Self, ApiError> {
        let options = request.object("options");
        let first = request.date("start_date")?.ok_or_else(|| ApiError::missing_fields("start_date"))?;
        let last = request.date("end_date")?.ok_or_else(|| ApiError::missing_fields("end_date"))?;
        if first > last {
            return Err(ApiError::invalid_field("start_date must not be after end_date"));
        }
        let count = options.within("count", 1..=500, 100)?;
        Ok(Self { first, last, count, offset: options.within("offset", 0..=i64::MAX, 0)? })
    }
}
