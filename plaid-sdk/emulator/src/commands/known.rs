//! Fields that a command does not take: a misspelt one must not pass for one that was left out.

use serde_json::Value;

use super::Refused;
use crate::fields::Fields;

/// Refuses a body that isn't an object, or that has a field which the command does not take.
///
/// # Errors
/// Names the field and those that the command takes.
pub fn check(command: &str, known: &[&str], body: &Value) -> Result<(), Refused> {
    let help = match known {
        [] => format!("{command} takes no fields"),
        known => format!("{command} takes {}", known.join(", ")),
    };
    if !body.is_object() {
        return Err(Refused::new("the body isn't an object", help));
    }
    match Fields(body).unknown(known) {
        Some(unknown) => Err(Refused::new(format!("{command} does not take the field {unknown:?}"), help)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use serde_json::json;

    #[test]
    fn a_misspelt_field_is_named_with_the_right_ones() {
        assert!(check("advance", &["seconds", "to"], &json!({"to": "next"})).is_ok());
        let refused = check("advance", &["seconds", "to"], &json!({"second": 1})).expect_err("a misspelt field");
        assert_eq!(refused.to_string(), "advance does not take the field \"second\" (advance takes seconds, to)");
        assert!(check("freeze", &[], &json!([])).is_err());
    }
}
