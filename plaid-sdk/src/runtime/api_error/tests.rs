use super::*;

fn read(json: &str) -> ApiError {
    ApiError::from_json(json.as_bytes()).unwrap()
}

#[test]
fn every_property_is_read() {
    let error = read(
        r#"{"error_type": "ASSET_REPORT_ERROR", "error_code": "DATA_UNAVAILABLE", "error_code_reason": "R",
            "error_message": "m", "display_message": "d", "request_id": "r", "causes": [{"item_id": "i"}],
            "status": 400, "documentation_url": "https://u", "suggested_action": "a",
            "required_account_subtypes": ["checking"], "provided_account_subtypes": ["cd", null]}"#,
    );
    assert_eq!(
        (error.error_type(), error.code().map(ErrorCode::as_str)),
        (Some("ASSET_REPORT_ERROR"), Some("DATA_UNAVAILABLE"))
    );
    assert_eq!((error.code_reason(), error.message(), error.display_message()), (Some("R"), Some("m"), Some("d")));
    assert_eq!((error.request_id(), error.status(), error.causes().len()), (Some("r"), Some(400), 1));
    assert_eq!((error.documentation_url(), error.suggested_action()), (Some("https://u"), Some("a")));
    assert_eq!(error.required_account_subtypes(), ["checking"]);
    assert_eq!(error.provided_account_subtypes(), ["cd"]);
    assert_eq!(error.to_string(), "DATA_UNAVAILABLE (ASSET_REPORT_ERROR): m");
}

#[test]
fn nulls_missing_properties_and_wrong_types_are_none() {
    let error = read(r#"{"error_code": "NEW_CODE", "error_message": null, "causes": {}, "status": "400"}"#);
    assert_eq!(
        (error.code().map(ErrorCode::as_str), error.error_type(), error.message()),
        (Some("NEW_CODE"), None, None)
    );
    assert_eq!((error.status(), error.causes()), (None, &[][..]));
    assert_eq!(error.to_string(), "NEW_CODE");
    assert_eq!(read(r#"{"error_type": "API_ERROR", "error_code": 7}"#).code(), None);
}

#[test]
fn the_format_of_oauth_is_an_error_too() {
    let error = read(r#"{"error": "invalid_grant", "error_description": "gone", "error_uri": "https://u"}"#);
    assert_eq!((error.code().map(ErrorCode::as_str), error.message()), (Some("invalid_grant"), Some("gone")));
    assert_eq!(error.documentation_url(), Some("https://u"));
}

#[test]
fn other_bodies_are_not_errors_of_plaid() {
    for body in ["", "null", "[]", "<html>", "{}", r#"{"error": "Not Found"}"#, r#"{"error": {}}"#, r#"{"a": "#] {
        assert_eq!(ApiError::from_json(body.as_bytes()), None, "{body}");
    }
}

const REAL: &str = r#"{"display_message": "Log in \"again\", {please}.", "documentation_url": "https://plaid.com/docs/errors/item",
  "error_code": "ITEM_LOGIN_REQUIRED", "error_message": "the login details [of this item] have changed",
  "error_type": "ITEM_ERROR", "request_id": "qs2Yq0Hps3L1bVp", "status": 400, "suggested_action": null}"#;

#[track_caller]
fn is_real(body: &[u8]) -> ApiError {
    let shown = String::from_utf8_lossy(body);
    let error = ApiError::from_json(body).unwrap_or_else(|| panic!("nothing in {shown}"));
    assert_eq!(error.code(), Some(&ErrorCode::ItemLoginRequired), "{shown}");
    assert_eq!((error.error_type(), error.request_id()), (Some("ITEM_ERROR"), Some("qs2Yq0Hps3L1bVp")), "{shown}");
    error
}

#[test]
fn odd_bodies_have_their_code_and_their_messages() {
    let with = |from: &str, to: &[u8]| {
        let (before, after) = REAL.split_once(from).unwrap();
        [before.as_bytes(), to, after.as_bytes()].concat()
    };
    for body in [
        REAL.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", REAL.as_bytes()].concat(),
        [REAL.as_bytes(), b"\0\0garbage{\"error_code\": \"X\"}"].concat(),
        [b")]}',\n", REAL.as_bytes()].concat(),
        format!("[{REAL}]").into_bytes(),
        format!(r#"{{"error": {REAL}}}"#).into_bytes(),
        format!(r#"[{{"error": [{{"error": {REAL}}}]}}]"#).into_bytes(),
        format!(r#"{{"fault": {REAL}, "error_code": null}}"#).into_bytes(),
        with("details", b"d\xe9tails"),
        with("details", b"de\ntails\x01\t"),
        with("details", br"\ud800"),
        with("details", br#""details""#),
        with("400", b"1e400"),
        with("400", b"NaN"),
        with("400", b"\"400\""),
        with("400", b"-Infinity"),
        with("null", b"undefined"),
        with("null", b"'none'"),
        with("null}", b"null,}"),
        with("null}", b"null"),
        with("null", b"nul"),
        with("\"error_code\"", b"\"error_code\": null, \"error_code\""),
        with("\"error_message\"", b"\"error_code\": null, \"error_message\""),
    ] {
        let error = is_real(&body);
        let shown = String::from_utf8_lossy(&body);
        assert!(error.message().unwrap().starts_with("the login "), "{shown}");
        assert_eq!(error.display_message(), Some("Log in \"again\", {please}."), "{shown}");
        assert_eq!(error.documentation_url(), Some("https://plaid.com/docs/errors/item"), "{shown}");
    }
    // A wrapped error has all of its properties, and the request id may be outside.
    let causes = r#"{"request_id": "r1", "error": {"error_code": "A", "causes": [{"error_code": "B"}]}}"#;
    let error = read(causes);
    assert_eq!((error.to_string(), error.request_id(), error.causes().len()), ("A".to_owned(), Some("r1"), 1));
}

#[test]
fn a_damaged_code_type_or_request_id_is_none_and_never_another_one() {
    let (code, kind, id) = ("ITEM_LOGIN_REQUIRED", "ITEM_ERROR", "qs2Yq0Hps3L1bVp");
    for name in [code, kind, id] {
        let start = REAL.find(name).unwrap();
        for at in start..start + name.len() {
            for damage in [&b"\xff"[..], b"\xe9", b"\xc3\x28", b"\x01", b"\n", b"\x7f", br"\ud83d", br"\udc00"] {
                let body = [&REAL.as_bytes()[..at], damage, &REAL.as_bytes()[at + 1..]].concat();
                let shown = String::from_utf8_lossy(&body);
                let error = ApiError::from_json(&body).unwrap_or_else(|| panic!("nothing in {shown}"));
                let is_whole = |other: &str| other != name;
                assert_eq!(error.code().map(ErrorCode::as_str), is_whole(code).then_some(code), "{shown}");
                assert_eq!(error.error_type(), is_whole(kind).then_some(kind), "{shown}");
                assert_eq!(error.request_id(), is_whole(id).then_some(id), "{shown}");
                assert_eq!(error.message(), Some("the login details [of this item] have changed"), "{shown}");
            }
        }
    }
}

#[test]
fn a_body_that_is_cut_off_after_its_code_has_it() {
    let code = REAL.find("REQUIRED\"").unwrap() + "REQUIRED\"".len();
    for (before, after) in [("", ""), ("[", "]"), (r#"{"error": "#, "}")] {
        let body = format!("{before}{REAL}{after}");
        for length in 0..body.len() {
            let error = ApiError::from_json(&body.as_bytes()[..length]);
            let found = error.as_ref().and_then(ApiError::code);
            assert_eq!(found, (length >= before.len() + code).then_some(&ErrorCode::ItemLoginRequired), "{length}");
        }
    }
}

#[test]
fn text_within_a_message_is_not_a_code() {
    let text = r#"\"error_code\": \"X\", {\"error_type\": \"Y\"}, "error_code\": \"Z\""#;
    for damage in ["", "\u{1}", "\n", "\\ud800"] {
        let body = format!(r#"{{"display_message": "{text}{damage}", "error_type": "T", "a": 1e400}}"#);
        let error = read(&body);
        assert_eq!((error.code(), error.error_type()), (None, Some("T")), "{body}");
    }
    for body in [
        r#"{"message": "see \"error_code\": \"X\""}"#,
        r#"{"causes": [{"error_code": "X"}], "error_type": "#,
        r#"{"error_code": "X"#,
        r#"{"error_code": X"}"#,
    ] {
        assert_eq!(ApiError::from_json(body.as_bytes()), None, "{body}");
    }
}

#[test]
fn secrets_of_the_request_are_redacted_in_every_text_and_every_format() {
    let token = "access-sandbox-8ab976e6-64bc-4b38-98f7-731e7a349970";
    let texts = format!("a {token}");
    let mut body = Map::new();
    for name in [
        "error_type",
        "error_code",
        "error_code_reason",
        "error_message",
        "display_message",
        "request_id",
        "documentation_url",
        "suggested_action",
    ] {
        body.insert(name.to_owned(), texts.clone().into());
    }
    for name in ["causes", "required_account_subtypes", "provided_account_subtypes"] {
        body.insert(name.to_owned(), vec![texts.clone()].into());
    }
    body.insert("causes".to_owned(), serde_json::json!([{"error_message": texts, "more": [texts]}]));
    let error = read(&Value::Object(body).to_string());
    let printed = format!(
        "{error} {error:?} {error:#?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        error.display_message(),
        error.documentation_url(),
        error.suggested_action(),
        error.causes(),
        error.required_account_subtypes(),
        error.provided_account_subtypes(),
        error.code_reason()
    );
    assert!(!printed.contains("8ab976e6") && printed.contains(r#"Unknown("a [redacted]")"#), "{printed}");
    assert_eq!((error.request_id(), error.message()), (Some("[redacted]"), Some("a [redacted]")));
}
