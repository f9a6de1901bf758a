//! Where the links of our texts lead, in what is generated from them.

use std::collections::BTreeMap;

use codegen::Understood;
use codegen::api_model::TypeId;
use codegen_testing::own;

/// Pairs that come with several payloads, each payload for users of another product.
fn ambiguous(understood: &Understood) -> BTreeMap<String, Vec<(&String, &TypeId)>> {
    let mut pairs: BTreeMap<String, Vec<(&String, &TypeId)>> = BTreeMap::new();
    for (event, name) in understood.api.events.iter().zip(&understood.layout.events) {
        pairs.entry(format!("{}: {}", event.pair.0, event.pair.1)).or_default().push((name, &event.body));
    }
    pairs.retain(|_, events| events.len() > 1);
    pairs
}

#[test]
fn links_to_a_webhook_lead_to_the_variant_of_the_pages_product_unless_the_text_names_another() {
    let understood = own::understood();
    let output = codegen::generate(&own::inputs(), &mut |_| {}).unwrap_or_else(|report| panic!("{report}"));
    let texts: String = own::inputs().docs.into_iter().map(|input| input.text).collect();
    let pairs = ambiguous(understood);
    let mut links = 0;
    for file in &output.files {
        let (mut docs, mut ty): (Vec<&str>, _) = (Vec::new(), "");
        for line in file.text.lines() {
            let code = line.trim_start();
            if code.starts_with("//") {
                docs.push(line);
                continue;
            }
            if code.starts_with('#') {
                continue;
            }
            if let Some((_, name)) = line.split_once("pub struct ").or(line.split_once("pub enum ")) {
                ty = name;
            }
            // The readers of the text: users of the module, or of the product in the name of a payload or variant.
            let item = if ty.starts_with("Webhook ") { code } else { ty };
            let page = match file.path.as_str() {
                "webhooks.rs" if item.starts_with("Processor") => "processor",
                "webhooks.rs" => "transactions",
                path => path.trim_end_matches(".rs"),
            };
            for doc in docs.drain(..) {
                for (pair, events) in &pairs {
                    let start = format!("[`{pair}`](super::webhooks::Webhook::");
                    for to in doc.split(&start).skip(1).filter_map(|rest| rest.split(')').next()) {
                        links += 1;
                        let (_, body) = events.iter().find(|(name, _)| *name == to).expect("a variant of the pair");
                        let product = if to.starts_with("Processor") { "processor" } else { "transactions" };
                        let is_named = texts.contains(&format!("`{pair} ({body})`"));
                        assert!(page == product || is_named, "{}: {item}: `{pair}` leads to {to}", file.path);
                    }
                }
            }
        }
    }
    assert!(pairs.len() >= 6 && links > 40, "{} pairs, {links} links", pairs.len());
}

#[test]
fn every_inline_schema_names_its_holder() {
    let output = codegen::generate(&own::inputs(), &mut |_| {}).unwrap_or_else(|report| panic!("{report}"));
    let inline = own::api().types.keys().filter(|id| id.name().is_none()).count();
    let said = |text: &str| -> usize { output.files.iter().map(|file| file.text.matches(text).count()).sum() };
    assert!(inline > 20, "{inline} inline schemas");
    assert_eq!(said("A schema without a name of its own."), 0);
    assert!(said("/// The values of [`") > 10);
}
