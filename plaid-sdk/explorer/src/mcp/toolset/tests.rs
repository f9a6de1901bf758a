use plaid_catalog::Catalog;
use plaid_catalog::model::Effect;

use super::{Action, Choice, Tool, Toolset};

fn tools(change: impl FnOnce(&mut Choice)) -> Result<Vec<Tool>, String> {
    let mut choice = Choice::default();
    change(&mut choice);
    Toolset::new(&choice).map(|tools| tools.all().to_vec())
}

fn names(tools: &[Tool]) -> Vec<&str> {
    tools.iter().map(|tool| tool.name.as_str()).collect()
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|one| (*one).to_owned()).collect()
}

#[test]
fn an_emulator_adds_a_tool_and_read_only_removes_those_that_write() {
    let all = tools(|_| ()).expect("tools");
    assert_eq!(all.len(), 6);
    assert_eq!(names(&all).last(), Some(&"open_link"));
    let emulated = tools(|choice| choice.is_emulated = true).expect("tools");
    assert_eq!(names(&emulated).last(), Some(&"complete_link"));
    let read_only = tools(|choice| (choice.is_emulated, choice.read_only) = (true, true)).expect("tools");
    assert_eq!(
        names(&read_only),
        ["search_operations", "describe_operation", "validate_request", "call_read_operation"]
    );
}

#[test]
fn products_operations_and_tools_are_chosen_and_left_out() {
    let chosen = tools(|choice| choice.tools = words(&["auth", "/item/get", "item_get"])).expect("tools");
    assert!(names(&chosen).contains(&"auth_get"));
    assert_eq!(names(&chosen).iter().filter(|name| **name == "item_get").count(), 1);
    let fewer = tools(|choice| {
        choice.tools = words(&["item"]);
        choice.exclude = words(&["item_remove", "search_operations"]);
    })
    .expect("tools");
    assert!(!names(&fewer).contains(&"item_remove") && !names(&fewer).contains(&"search_operations"));
    assert!(names(&fewer).contains(&"item_get"));
    let none = tools(|choice| (choice.tools, choice.exclude) = (words(&["item"]), words(&["item"]))).expect("tools");
    assert_eq!(none.len(), 6);
    let read_only = tools(|choice| (choice.tools, choice.read_only) = (words(&["all"]), true)).expect("tools");
    assert!(read_only.iter().all(|tool| tool.marks.read_only), "read-only wins over all");
    let error = tools(|choice| choice.tools = words(&["transaction"])).expect_err("it is misspelt");
    assert!(error.contains("transactions"), "{error}");
    assert!(tools(|choice| choice.exclude = words(&["nothing"])).is_err());
}

#[test]
fn typed_tools_have_names_schemas_and_marks_of_their_operations() {
    let all = tools(|choice| choice.tools = words(&["all"])).expect("tools");
    let typed = all.iter().filter_map(|tool| match tool.action {
        Action::Typed(operation) => Some((tool, operation)),
        _ => None,
    });
    let mut longest = (0, String::new());
    for (tool, operation) in typed {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
        assert!(tool.name.len() <= 64 && tool.name.bytes().all(is_plain), "{}", tool.name);
        assert!(!tool.description.is_empty(), "{}", tool.name);
        let schema = serde_json::Value::Object(tool.schema.clone());
        assert_eq!(schema["type"], "object", "{}", tool.name);
        for credential in ["client_id", "secret"] {
            let property = &schema["properties"][credential];
            assert!(property.is_null() || property["x-credential"].is_null(), "{}: {property}", tool.name);
        }
        let length = schema.to_string().len();
        if length > longest.0 {
            longest = (length, tool.name.clone());
        }
        assert_eq!(tool.marks.read_only, operation.effect == Effect::Reads, "{}", tool.name);
        let grave = matches!(operation.effect, Effect::Deletes | Effect::MovesMoney);
        assert_eq!(tool.marks.destructive, grave, "{}", tool.name);
    }
    println!("the longest schema: {longest:?}");
    assert!(longest.0 <= 24_000, "{longest:?}");
    let get = all
        .iter()
        .find(|tool| tool.name == "get_recipient")
        .or(all.iter().find(|tool| tool.name.contains("recipient")));
    let schema = serde_json::Value::Object(get.expect("an operation with parameters").schema.clone());
    assert!(schema["properties"].as_object().is_some_and(|all| !all.is_empty()), "{schema}");
    assert!(Catalog::plaid().api().operations.len() + 6 == all.len());
}
