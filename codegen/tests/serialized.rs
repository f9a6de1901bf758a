//! The model and its layout can be serialized and deserialized without loss.

use codegen::api_model::Api;
use codegen::api_model::layout::Layout;
use codegen_testing::own;

#[test]
fn the_model_and_its_layout_come_back_from_json_unchanged() {
    let understood = own::understood();
    let json = serde_json::to_string(&understood.api).expect("the model as JSON");
    let back: Api = serde_json::from_str(&json).expect("the model from JSON");
    assert!(back == understood.api, "the model changed");
    let again = serde_json::to_string(&back).expect("the model as JSON");
    assert!(again == json, "the order changed");
    let json = serde_json::to_string(&understood.layout).expect("the layout as JSON");
    let back: Layout = serde_json::from_str(&json).expect("the layout from JSON");
    assert!(back == understood.layout, "the layout changed");
}
