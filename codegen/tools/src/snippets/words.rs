//! Names in the cases of programming languages, as openapi-generator derives them: the official clients of many APIs are
//! its output.

/// In snake case: `linkTokenCreate` and `LinkTokenCreate` are `link_token_create`, `W2Form` is `w2_form`. An underscore
/// separates a small letter or a digit from a capital one, and the last capital of several from those before it.
pub fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().map(|letter| if letter == '-' { '_' } else { letter }).collect();
    let mut snake = String::with_capacity(name.len() + 8);
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(index + 1);
        let starts_word = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase()
                    || before.is_ascii_digit()
                    || (before.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase))
            });
        if starts_word {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// With capitals at the beginnings of words: `balance_plus` is `BalancePlus`, `Investments_Override` is
/// `InvestmentsOverride`. Other capitals stay. Every character that is neither a letter nor a digit separates words, but a
/// colon is left out.
pub fn pascal(name: &str) -> String {
    let mut pascal = String::with_capacity(name.len());
    let mut starts_word = true;
    for letter in name.chars() {
        if letter == ':' {
            continue;
        }
        if !letter.is_alphanumeric() {
            starts_word = true;
        } else if starts_word {
            pascal.extend(letter.to_uppercase());
            starts_word = false;
        } else {
            pascal.push(letter);
        }
    }
    pascal
}

/// As [`pascal`], with a small letter at the beginning.
pub fn camel(name: &str) -> String {
    let pascal = pascal(name);
    let mut letters = pascal.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// In capitals, with underscores between words.
pub fn upper_snake(name: &str) -> String {
    snake(name).to_ascii_uppercase()
}

/// A value in capitals, with an underscore for the other characters: `cash management` is `CASH_MANAGEMENT`.
pub fn constant(value: &str) -> String {
    let mut constant = String::with_capacity(value.len());
    for letter in value.chars() {
        if letter.is_ascii_alphanumeric() {
            constant.push(letter.to_ascii_uppercase());
        } else if !constant.ends_with('_') {
            constant.push('_');
        }
    }
    constant
}

/// The beginning that the values of an enum have in common, up to its last character that is neither a letter nor a digit.
/// It is left out of the names of constants. Empty if there are fewer than two values.
pub fn common_prefix<'a>(values: &[&'a str]) -> &'a str {
    let [first, rest @ ..] = values else { return "" };
    if rest.is_empty() {
        return "";
    }
    let common = first.char_indices().map(|(start, letter)| (start, start + letter.len_utf8()));
    let common = common
        .take_while(|&(start, end)| rest.iter().all(|value| value.get(start..end) == first.get(start..end)))
        .last()
        .map_or("", |(_, end)| &first[..end]);
    let end = common.char_indices().rfind(|(_, letter)| !letter.is_alphanumeric());
    end.map_or("", |(start, letter)| &common[..start + letter.len_utf8()])
}

#[cfg(test)]
mod tests {
    use super::{camel, common_prefix, constant, pascal, snake, upper_snake};

    #[test]
    fn cases() {
        for (name, expected) in [
            ("linkTokenCreate", "link_token_create"),
            ("LinkTokenCreateRequest", "link_token_create_request"),
            ("FDXConsentGet", "fdx_consent_get"),
            ("PaystubYTDDetails", "paystub_ytd_details"),
            ("W2", "w2"),
            ("1099Data", "1099_data"),
            ("Investments_TransactionsOverride", "investments_transactions_override"),
            ("OAUTH-STATE-ID", "oauth_state_id"),
            ("", ""),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
        assert_eq!(pascal("Investments_TransactionsOverride"), "InvestmentsTransactionsOverride");
        assert_eq!(pascal("balance_plus"), "BalancePlus");
        assert_eq!(pascal("urn:pets:grant-type"), "UrnpetsgrantType");
        assert_eq!(camel("OAUTH-STATE-ID"), "oAUTHSTATEID");
        assert_eq!(camel("client_name"), "clientName");
        assert_eq!(upper_snake("PaymentStatus"), "PAYMENT_STATUS");
        assert_eq!(constant("cash management (401k)"), "CASH_MANAGEMENT_401K_");
    }

    #[test]
    fn prefixes_end_at_a_separator() {
        assert_eq!(common_prefix(&["PAYMENT_STATUS_A", "PAYMENT_STATUS_B"]), "PAYMENT_STATUS_");
        assert_eq!(common_prefix(&["PAYMENT_STATUS_A"]), "");
        assert_eq!(common_prefix(&["checking", "check"]), "");
        assert_eq!(common_prefix(&["é-a", "é-b"]), "é-");
        assert_eq!(common_prefix(&["a_b", "null"]), "");
        assert_eq!(common_prefix(&[]), "");
    }
}
