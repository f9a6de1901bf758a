//! The model and its layout come back unchanged from both forms of the catalog's data.

use api_tools::data::Data;
use codegen_testing::own;

#[test]
fn the_model_and_its_layout_come_back_from_both_forms_unchanged() {
    let understood = own::understood();
    let data = Data { api: understood.api.clone(), layout: understood.layout.clone(), ..Data::default() };
    let json = data.to_json().expect("the data as JSON");
    let back = Data::from_json(&json).expect("the data from JSON");
    assert!(back == data, "the data changed");
    assert!(back.to_json().expect("the data as JSON") == json, "the order changed");
    let bytes = data.to_bytes().expect("the data as bytes");
    assert!(Data::from_bytes(&bytes).expect("the data from bytes") == data, "the data changed");
}
