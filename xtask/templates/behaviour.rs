//! Tests of the compiled cases. `cargo xtask cases` builds them in the crate that contains the cases, a module for each.

use plaid_sdk::serde_json::{self, Value, json};
use plaid_sdk::wire::{Wire, from_json, to_json};
use plaid_sdk::{Decimal, Nullable};

/// Reads as the client does.
fn read<T: Wire>(text: &str) -> T {
    from_json(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Writes as the client does.
fn written(value: &impl Wire) -> String {
    String::from_utf8(to_json(value.view()).expect("JSON")).expect("UTF-8")
}

/// The error of a value that can't be read.
fn refusal<T: Wire>(text: &str) -> String {
    match from_json::<T>(text.as_bytes()) {
        Ok(_) => panic!("{text} was read without an error"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn absent_optional_values_are_left_out_and_required_ones_are_null() {
    use plaid_sdk::cases::presence::presence::{PresenceResponse, PresenceRequest};
    let request = PresenceRequest::new("Rex");
    assert_eq!(written(&request), r#"{"name":"Rex","owner":null}"#);
    let mut homeless = request.clone();
    homeless.home = Nullable::Null;
    assert_eq!(written(&homeless), r#"{"name":"Rex","owner":null,"home":null}"#);
    let whole = request.owner("Ada").age(3).home("Rome").tags(["a", "b"]);
    assert_eq!(written(&whole), r#"{"name":"Rex","owner":"Ada","age":3,"home":"Rome","tags":["a","b"]}"#);
    assert_eq!(read::<PresenceRequest>(&written(&whole)), whole);

    let response: PresenceResponse = read(r#"{"owner":null,"name":"Rex","home":null,"new":[{}]}"#);
    assert_eq!((response.name.as_str(), &response.owner, response.age, &response.home), ("Rex", &None, None, &None));
    assert!(refusal::<PresenceResponse>(r#"{"owner":null}"#).contains("name"));
    assert!(refusal::<PresenceResponse>(r#"{"owner":null,"name":null}"#).starts_with("name: "));
}

#[test]
fn merged_objects_have_all_properties() {
    use plaid_sdk::cases::all_of::merge::{MergedPet, MergedPetKind};
    let pet: MergedPet = read(r#"{"id":"1","legs":4,"kind":"cat","name":null}"#);
    assert_eq!((pet.id.as_str(), pet.legs, pet.kind), ("1", 4, Some(MergedPetKind::Cat)));
    assert!(refusal::<MergedPet>(r#"{"id":"1"}"#).contains("legs"));
}

#[test]
fn recursive_types_nest() {
    use plaid_sdk::cases::recursion::recursion::Node;
    let text = r#"{"parent":{"next_of_kin":{}},"children":[{"next_of_kin":{"note":"a"}}],"by_name":{"b":{"next_of_kin":{}}},"next_of_kin":{"node":{"next_of_kin":{}}}}"#;
    assert_eq!(written(&read::<Node>(text)), text);
    assert!(
        refusal::<Node>(r#"{"next_of_kin":{"node":{"children":[{},1]}}}"#).starts_with("next_of_kin.node.children[1]")
    );
}

#[test]
fn maps_keep_their_entries() {
    use plaid_sdk::cases::maps::maps::{MapsResponse, MapsRequest};
    let request = MapsRequest::new().labels([("b", "2"), ("a", "1")]).whatever(json!([null, 1]));
    assert_eq!(written(&request), r#"{"labels":{"a":"1","b":"2"},"whatever":[null,1]}"#);
    let response: MapsResponse = read(r#"{"labels":null,"anything":{"x":{"y":[1.5]}},"counts":{"a":null,"b":2}}"#);
    assert!(response.labels.is_empty(), "null for a map is an empty one");
    assert_eq!(response.anything["x"], json!({"y": [1.5]}));
    assert_eq!(written(&response), r#"{"labels":{},"anything":{"x":{"y":[1.5]}},"counts":{"a":null,"b":2}}"#);
}

#[test]
fn properties_without_a_name_are_kept() {
    use plaid_sdk::cases::additional_properties::additional::Labels;
    let labels: Labels = read(r#"{"size":3,"name":"x","additional":"y"}"#);
    assert_eq!((labels.additional["size"], labels.additional_value.as_deref()), (3, Some("y")));
    assert_eq!(written(&labels), r#"{"name":"x","additional":"y","size":3}"#);
    assert_eq!(written(&Labels::new("x").additional([("size", 4)])), r#"{"name":"x","size":4}"#);
    assert!(refusal::<Labels>(r#"{"name":"x","size":"big"}"#).starts_with("size: "));
}

#[test]
fn every_enum_value_comes_back_unchanged() {
    use plaid_sdk::cases::open_enums::enums::{Kind, Kinds};
    let listed = [
        "unknown", "other", "unknown", "", "1099-b", "401k", "self", "type", "USD", "usd", "Usd", "in store", "a/b",
        "é", " ", "new", "+",
    ];
    for value in listed {
        let kind = Kind::from(value);
        assert!(!matches!(kind, Kind::Unknown(_)), "{value:?}");
        assert_eq!((kind.as_str(), kind.to_string().as_str()), (value, value));
    }
    for value in ["Unknown", "uSD", "none", "ünlisted"] {
        let text = json!({ "kind": value }).to_string();
        let kinds: Kinds = read(&text);
        assert!(matches!(kinds.kind, Some(Kind::Unknown(_))), "{value:?}");
        assert_eq!(written(&kinds), text);
    }
    assert_ne!(Kind::from("Unknown"), Kind::from("unknown"));
    assert_eq!(read::<Kinds>(r#"{"gone":null}"#).gone, None);
}

#[test]
fn enums_of_numbers_and_booleans_take_both_forms() {
    use plaid_sdk::cases::scalar_enums::scalars::{Scalars, ScalarsAnswer, ScalarsMixed, ScalarsVersion};
    for text in [r#"{"answer":true,"version":10,"mixed":1}"#, r#"{"answer":"true","version":"10","mixed":"1"}"#] {
        let scalars: Scalars = read(text);
        assert_eq!(scalars.answer, Some(ScalarsAnswer::True), "{text}");
        assert_eq!(scalars.version, Some(ScalarsVersion::Version10), "{text}");
        assert_eq!(scalars.mixed, Some(ScalarsMixed::Mixed1), "{text}");
        assert_eq!(serde_json::from_str::<Scalars>(text).expect("by serde"), scalars);
    }
    assert_eq!(read::<Scalars>(r#"{"version":11}"#).version.as_ref().map(ScalarsVersion::as_str), Some("11"));
    assert_eq!(read::<Scalars>(r#"{"number":2,"flag":true}"#).number, Some(2));
    assert!(refusal::<Scalars>(r#"{"answer":[]}"#).starts_with("answer: "));
}

#[test]
fn a_discriminator_chooses() {
    use plaid_sdk::cases::one_of_discriminated::tagged::{Tagged, TaggedCat, TaggedDog};
    for tag in ["cat", "kitten"] {
        let text = format!(r#"{{"kind":"{tag}","lives":9}}"#);
        let Tagged::TaggedCat(cat) = read(&text) else { panic!("no cat") };
        assert_eq!((cat.kind.as_str(), cat.lives), (tag, 9));
    }
    let dog = Tagged::from(TaggedDog::new("dog").friend(TaggedCat::new("cat", 9)));
    let text = r#"{"kind":"dog","friend":{"kind":"cat","lives":9}}"#;
    assert_eq!(written(&dog), text);
    assert_eq!(read::<Tagged>(text), dog);
    for unknown in [r#"{"kind":"bird","wings":[1,null]}"#, r#"{"lives":9}"#, r#""cat""#, "[]"] {
        let value: Tagged = read(unknown);
        assert!(matches!(value, Tagged::Unknown(_)), "{unknown}");
        assert_eq!(written(&value), unknown);
        let by_serde: Tagged = serde_json::from_str(unknown).expect("by serde");
        assert_eq!(by_serde, value);
        let from_value: Tagged =
            serde_json::from_value(serde_json::from_str(unknown).expect("JSON")).expect("by serde");
        assert_eq!(from_value, value);
    }
    assert!(
        refusal::<Tagged>(r#"{"kind":"dog","friend":{"kind":"cat","lives":"many"}}"#).starts_with("friend.lives: ")
    );
}

#[test]
fn deviations_in_unions_have_a_path() {
    use plaid_sdk::cases::any_of_untagged::untagged::{Untagged, UntaggedResponse};
    use plaid_sdk::cases::one_of_discriminated::tagged::Tagged;
    fn deviating<T: plaid_sdk::wire::Wire>(text: &str) -> (T, Vec<String>) {
        let mut deviations = plaid_sdk::response::Deviations::default();
        let value = plaid_sdk::wire::from_json_with_deviations(text.as_bytes(), &mut deviations).expect("a value");
        (value, deviations.iter().map(|deviation| deviation.path().to_owned()).collect())
    }
    let (dog, paths): (Tagged, _) = deviating(r#"{"kind":"dog","friend":{"kind":"cat","lives":9.0}}"#);
    assert_eq!(dog, read(r#"{"kind":"dog","friend":{"kind":"cat","lives":9}}"#));
    assert_eq!(paths, ["friend.lives"]);
    let (list, paths): (Untagged, _) = deviating(r#"[null,"a"]"#);
    assert_eq!((list, paths), (Untagged::TextList(vec!["a".to_owned()]), vec!["[0]".to_owned()]));
    // A lone surrogate is replaced before an alternative is chosen.
    let (text, paths): (UntaggedResponse, _) = deviating(r#"{"value":"cut \ud83d"}"#);
    assert_eq!(text, read("{\"value\":\"cut \u{fffd}\"}"));
    assert_eq!(paths, ["value"]);
    // An alternative does not match without what it requires, so that new kinds of objects stay unknown.
    let (none, paths): (Untagged, _) = deviating(r#"{}"#);
    assert_eq!((none, paths), (Untagged::Unknown(json!({})), vec![]));
    let (null, paths): (Untagged, _) = deviating("null");
    assert_eq!((null, paths), (Untagged::Unknown(Value::Null), vec![String::new()]));
}

#[test]
fn what_a_response_lacks_is_blank_where_nothing_is_invented() {
    use plaid_sdk::cases::blank::pet::{Pet, PetRequest};
    let pet = json!({
        "pet_id": "p1", "name": "Rex", "title": "Sir", "tags": ["a"], "chip": "c1", "vet": {"name": "V", "city": "C"},
        "owner": {"name": "O", "user_id": "u1"}, "age": 3, "other": 7,
    });
    for blank in ["name", "tags", "chip", "vet", "other", "pet_id", "title", "owner", "age"] {
        let is_read = !["pet_id", "title", "owner", "age"].contains(&blank);
        let mut without = pet.clone();
        without.as_object_mut().expect("an object").remove(blank);
        assert_eq!(serde_json::from_value::<Pet>(without).is_ok(), is_read, "{blank}");
        let mut null = pet.clone();
        null[blank] = Value::Null;
        assert_eq!(serde_json::from_value::<Pet>(null).is_ok(), is_read, "{blank}");
    }
    let mut number = pet.clone();
    number["pet_id"] = json!(17);
    assert_eq!(serde_json::from_value::<Pet>(number).expect("a pet").pet_id, "17");
    let mut number = pet;
    number["name"] = json!(17);
    assert!(serde_json::from_value::<Pet>(number).is_err(), "the digits of an id alone are read");
    assert!(refusal::<PetRequest>(r#"{"name":"Rex"}"#).contains("missing field `tags`"), "a request has all it requires");
}

#[test]
fn without_a_discriminator_the_best_fit_is_taken() {
    use plaid_sdk::cases::any_of_untagged::untagged::{Untagged, UntaggedResponse, UntaggedResponseMaybe};
    for (text, expected) in [
        ("true", Untagged::Boolean(true)),
        ("1.50", Untagged::Number(Decimal::new(150, 2))),
        (r#"["a"]"#, Untagged::TextList(vec!["a".to_owned()])),
        (r#""12""#, Untagged::Text("12".to_owned())),
    ] {
        let value: Untagged = read(text);
        assert_eq!(value, expected);
        assert_eq!(written(&value), text);
    }
    let Untagged::UntaggedPet(pet) = read(r#"{"name":"Rex"}"#) else { panic!("no pet") };
    assert_eq!(pet.name, "Rex");
    let value: Untagged = read(r#"{"no":"name"}"#);
    assert_eq!(value, Untagged::Unknown(json!({"no": "name"})));
    let response: UntaggedResponse = read(r#"{"value":null,"maybe":"2026-03-01"}"#);
    assert!(matches!(response.maybe, Some(UntaggedResponseMaybe::Date(_))) && response.value.is_none());
    assert_eq!(read::<UntaggedResponse>(r#"{"maybe":7}"#).maybe, Some(UntaggedResponseMaybe::Integer(7)));
    assert_eq!(written(&read::<UntaggedResponse>(r#"{"maybe":"soon"}"#)), r#"{"maybe":"soon"}"#);
}

#[test]
fn of_two_objects_the_one_that_declares_more_is_taken() {
    use plaid_sdk::cases::any_of_objects::objects::{Left, Right, Side};
    assert_eq!(read::<Side>(r#"{"left":1}"#), Side::from(Left::new().left(1)));
    assert_eq!(read::<Side>(r#"{"right":1,"kind":"r"}"#), Side::from(Right::new().right(1).kind("r")));
    assert_eq!(read::<Side>(r#"{"right":1,"new":2}"#), Side::from(Right::new().right(1)));
    assert_eq!(read::<Side>("{}"), Side::from(Left::new()));
}

#[test]
fn names_on_the_wire_are_the_documents() {
    use plaid_sdk::cases::names::names::ClientType;
    let text = r#"{"type":"a","Type":"b","self":"c","new":"d","2fa":"e","camel-Case":"f","camel_case":"g"}"#;
    assert_eq!(written(&read::<ClientType>(text)), text);
}

#[test]
fn constructors_take_names_or_places() {
    use plaid_sdk::cases::example_constructors::constructors::{Move, MoveRequired, MoveRequiredFields};
    let request = Move::new(MoveRequiredFields {
        names: vec!["Ada".to_owned()],
        since: "2026-01-02".parse().expect("a date"),
        by: "van".to_owned(),
        to: "hall".to_owned(),
        r#type: "bed".to_owned(),
    });
    let inner = r#"{"type":"bed","to":"hall","by":"van","since":"2026-01-02","names":["Ada"]}"#;
    assert_eq!(written(&request), inner);
    assert_eq!(written(&MoveRequired::new(request)), format!(r#"{{"move":{inner}}}"#));
}

#[test]
fn setters_of_nullable_properties_take_values() {
    use plaid_sdk::cases::example_nulls::nullable::NullableRequest;
    let lines: Vec<&str> = vec!["a", "b"];
    let labels = [("color", "red")];
    let mut request = NullableRequest::new().lines(lines).labels(labels).count(1).price(2).kind("cat");
    assert_eq!(
        written(&request),
        r#"{"lines":["a","b"],"labels":{"color":"red"},"count":1,"price":2,"kind":"cat"}"#
    );
    request.lines = Nullable::Null;
    let request = NullableRequest::new().inner(request);
    assert_eq!(
        written(&request),
        r#"{"inner":{"lines":null,"labels":{"color":"red"},"count":1,"price":2,"kind":"cat"}}"#
    );
}

#[test]
fn numbers_are_exact() {
    use plaid_sdk::cases::numbers::numbers::{Numbers, NumbersRequest, NumbersRequestRequired};
    let request = NumbersRequest::new(NumbersRequestRequired {
        count: 3,
        ratio: 0.5,
        price: Decimal::new(1099, 2),
        amount: Decimal::new(100, 2),
    });
    assert_eq!(written(&request), r#"{"price":10.99,"amount":"1.00","count":3,"ratio":0.5}"#);
    let text = r#"{"prices":[1.10,null,123456789012345678.123456789],"amount":"10.00","best":0.1}"#;
    assert_eq!(written(&read::<Numbers>(text)), text);
    assert_eq!(read::<Numbers>(r#"{"amount":10.50}"#).amount, Some(Decimal::new(1050, 2)));
    for broken in [r#"{"best":"a lot"}"#, r#"{"best":[]}"#, r#"{"best":1e400}"#, r#"{"prices":[{}]}"#] {
        assert!(refusal::<Numbers>(broken).contains("decimal"), "{broken}: {}", refusal::<Numbers>(broken));
    }
}

#[test]
fn dates_are_dates() {
    use plaid_sdk::cases::dates::dates::Dates;
    let text = r#"{"at":"2026-03-01T09:30:00.50Z","birthday":"2020-02-29"}"#;
    assert_eq!(written(&read::<Dates>(text)), text);
    assert!(refusal::<Dates>(r#"{"at":"2026-03-01T09:30:00Z","birthday":"2021-02-29"}"#).starts_with("birthday: "));
}

#[test]
fn aliases_are_their_target_types() {
    use plaid_sdk::cases::aliases::aliases::{AliasRequest, PetList};
    let mut request = AliasRequest::new("a", ["b", "c"]).same("d");
    request.maybe = Nullable::Null;
    assert_eq!(written(&request), r#"{"id":"a","ids":["b","c"],"maybe":null,"same":"d"}"#);
    let list: PetList = read(r#"[["a",null],[]]"#);
    assert_eq!(list, [vec![Some("a".to_owned()), None], vec![]]);
}

#[test]
fn secrets_are_not_printed() {
    use plaid_sdk::cases::redaction::redaction::{Person, RedactionRequest};
    let request = RedactionRequest::new("token-1").person(Person::new().name("Ada")).card("4111").note("hello");
    let printed = format!("{request:?} {request:#?}");
    assert!(printed.contains("hello") && printed.contains("[redacted]"), "{printed}");
    for secret in ["token-1", "Ada", "4111"] {
        assert!(!printed.contains(secret), "{printed}");
    }
    assert!(written(&request).contains("token-1"));
}

#[test]
fn objects_without_properties_are_objects() {
    use plaid_sdk::cases::empty_objects::empty::{EmptyResponse, EmptyRequest};
    assert_eq!(written(&EmptyRequest::new()), "{}");
    assert_eq!(read::<EmptyResponse>(r#"{"new":1}"#), EmptyResponse::default());
    assert!(refusal::<EmptyResponse>("[]").contains("an object"));
}

#[test]
fn other_formats_read_and_write_the_same() {
    use plaid_sdk::cases::numbers::numbers::Numbers;
    use plaid_sdk::cases::one_of_discriminated::tagged::Tagged;
    let value: Value = serde_json::to_value(read::<Numbers>(r#"{"prices":[1.5],"amount":"2.50"}"#)).expect("a value");
    assert_eq!(value["amount"], json!("2.50"));
    assert_eq!(serde_json::from_value::<Numbers>(value).expect("numbers").amount, Some(Decimal::new(250, 2)));
    let tagged: Tagged = read(r#"{"kind":"cat","lives":9}"#);
    let value = serde_json::to_value(&tagged).expect("a value");
    assert_eq!(serde_json::from_value::<Tagged>(value).expect("a cat"), tagged);
}

/// Answers every call with a status and a body, and remembers the last request.
struct Canned(u16, &'static str, std::sync::Mutex<String>);

impl plaid_sdk::transport::Transport for Canned {
    fn send(
        &self,
        request: plaid_sdk::http::Request<plaid_sdk::types::Bytes>,
        _limits: plaid_sdk::transport::Limits,
    ) -> plaid_sdk::transport::TransportFuture<'_> {
        let body = String::from_utf8_lossy(request.body());
        *self.2.lock().expect("the last request") = format!("{} {} {body}", request.method(), request.uri());
        let response = plaid_sdk::http::Response::builder().status(self.0).body(plaid_sdk::types::Bytes::from_static(self.1.as_bytes()));
        Box::pin(async move { Ok(response.expect("a response")) })
    }
}

/// The result of a call, and the request that it sent. The call completes at once.
fn sent<R: plaid_sdk::response::Response>(
    (status, body): (u16, &'static str),
    call: impl FnOnce(&plaid_sdk::Client) -> plaid_sdk::call::Call<R>,
) -> (R, String) {
    let transport = std::sync::Arc::new(Canned(status, body, std::sync::Mutex::default()));
    let client = plaid_sdk::Client::builder()
        .environment(plaid_sdk::Environment::Sandbox)
        .credentials("id", "secret")
        .transport(std::sync::Arc::clone(&transport))
        .build()
        .expect("a client");
    let mut future = std::pin::pin!(call(&client).into_future());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(result) = future.as_mut().poll(&mut context) else { panic!("the call waits") };
    let request = transport.2.lock().expect("the last request").clone();
    (result.unwrap_or_else(|error| panic!("{error}")), request)
}

#[test]
fn styles_servers_and_several_success_responses() {
    use plaid_sdk::cases::bodies_form::forms::StyledForm;
    use plaid_sdk::cases::styles::styles::StylesFindParameters;
    let parameters = StylesFindParameters::new()
        .filter([("a b", 1)])
        .range([("from", 1), ("to", 2)])
        .tags(["x", "y"])
        .query([("c", 3)]);
    let (_, request) = sent((204, ""), |client| client.styles_find(parameters));
    assert_eq!(
        request,
        "GET https://eu.example.com/styles/find?filter%5Ba%20b%5D=1&from=1&to=2&tags=x%7Cy&query=%7B%22c%22%3A3%7D "
    );
    let form = StyledForm::new().deep([("a", 1)]).json([("b", 2)]).text("t");
    let (_, request) = sent((204, ""), |client| client.forms_send(form));
    assert_eq!(
        request,
        "POST https://sandbox.plaid.com/v2/forms/send deep%5Ba%5D=1&json=%7B%22b%22%3A2%7D&text=%22t%22"
    );

    let (found, _) = sent((200, r#"{"id":"1"}"#), |client| client.responses_find());
    assert_eq!(found.map(|stored| stored.id).as_deref(), Some("1"));
    assert!(sent((204, ""), |client| client.responses_find()).0.is_none());
    assert_eq!(sent((201, r#"{"id":"2"}"#), |client| client.responses_add()).0.id, "2");
    assert_eq!(sent((299, r#"{"id":"3"}"#), |client| client.responses_default()).0.id, "3");
}
