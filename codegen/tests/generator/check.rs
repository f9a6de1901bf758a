//! What `api_tools::check` finds: a case for each kind of problem with its exact place, hostile bodies, and the samples of
//! all documents.

mod table;

use std::fmt::Write;
use std::time::Instant;

use api_tools::check::{Checker, Code, Kind, Policy, Problem, Rule, Severity};
use api_tools::json;
use api_tools::samples::{SIZES, Sampler};
use api_tools::unknown::Unknown;
use codegen::api_model::{Api, Sample, Webhook};
use codegen_testing::{case, own, published};

/// A short API with each kind of rule.
const SHOP: &str = include_str!("check/shop.yml");

fn shop() -> Checker {
    let understood = codegen::understand(&case::inputs(SHOP), &mut |_| {}).unwrap_or_else(|report| panic!("{report}"));
    Checker::new(&understood.api)
}

fn shown(problems: &[Problem]) -> Vec<String> {
    let one = |problem: &Problem| match problem.severity {
        Severity::Warning => format!("warning {} {problem}", problem.code),
        _ => format!("{} {problem}", problem.code),
    };
    problems.iter().map(one).collect()
}

#[test]
fn each_kind_of_problem_is_found_at_its_place() {
    let shop = shop();
    let strict = Policy::strict();
    for (operation, body, wanted) in table::REQUESTS {
        let problems = shop.request(operation, body.as_bytes(), &strict).expect("an operation");
        assert_eq!(shown(&problems), *wanted, "{operation} {body}");
    }
    for (operation, body, wanted) in table::RESPONSES {
        let problems = shop.response(operation, body.as_bytes(), &strict).expect("an operation");
        assert_eq!(shown(&problems), *wanted, "{operation} {body}");
    }
    for (body, wanted) in table::WEBHOOKS {
        let problems = shop.webhook("ORDER", "PAID", body.as_bytes(), &strict).expect("a webhook");
        assert_eq!(shown(&problems), *wanted, "{body}");
    }
    assert!(shop.unchecked_patterns().is_empty());
}

#[test]
fn the_policy_decides_what_is_an_error() {
    let shop = shop();
    let body = br#"{"client":{"name":"a","nam":1},"lines":[{"id":"1"}],"state":"new","mail":"x","count":0,"more":1}"#;
    let codes = |policy: &Policy| {
        let problems = shop.request("orderCreate", body, policy).expect("an operation");
        problems.iter().map(|problem| (problem.path.clone(), problem.severity)).collect::<Vec<_>>()
    };
    let wanted =
        |of: &[(&str, Severity)]| of.iter().map(|(path, severity)| ((*path).to_owned(), *severity)).collect::<Vec<_>>();
    use Severity::{Error, Ignored, Warning};
    let all = [("client.nam", Error), ("state", Error), ("mail", Error), ("count", Error), ("more", Error)];
    assert_eq!(codes(&Policy::strict()), wanted(&all));
    let all = [("client.nam", Warning), ("state", Warning), ("mail", Warning), ("count", Warning), ("more", Error)];
    assert_eq!(codes(&Policy::gateway()), wanted(&all));
    assert_eq!(codes(&Policy::lenient()), wanted(&[("more", Warning)]));
    assert_eq!(codes(&Policy::document()), wanted(&[("state", Error), ("mail", Error), ("count", Error)]));
    let own = Policy::lenient().with(Rule::UnknownTop, Ignored).with(Rule::Value, Warning);
    assert_eq!(codes(&own), wanted(&[("state", Warning)]));
}

#[test]
fn a_name_that_the_api_lacks_is_an_error_with_the_nearest() {
    let shop = shop();
    let error = shop.request("orderCraete", b"{}", &Policy::strict()).expect_err("no such operation");
    assert_eq!(error.to_string(), "the API has no operation `orderCraete`; did you mean `orderCreate`?");
    let error = shop.webhook("ORDER", "PAYED", b"{}", &Policy::strict()).expect_err("no such webhook");
    assert_eq!(error.to_string(), "the API has no webhook `ORDER: PAYED`; did you mean `ORDER: PAID`?");
    let error = shop.response("x", b"{}", &Policy::strict()).expect_err("no such operation");
    assert!(error.meant.is_empty());
}

fn faults(body: &[u8]) -> Vec<(Code, Kind, usize, usize)> {
    let problems = shop().request("orderCreate", body, &Policy::lenient()).expect("an operation");
    let place = |one: Problem| (one.code, one.kind, one.position.line, one.position.column);
    problems.into_iter().map(place).collect()
}

#[test]
fn broken_text_is_a_problem_with_a_place() {
    let valid = r#""client":{"name":"a"},"lines":[{"id":"1"}]"#;
    let mut bytes = format!("{{\n {valid},\"note\":\"é").into_bytes();
    bytes.extend(b"\xff\"}");
    assert_eq!(faults(&bytes), [(Code::InvalidBody, Kind::NotUtf8, 2, 54)]);
    let text = format!("\u{feff}{{{valid}}}");
    assert_eq!(faults(text.as_bytes()), [(Code::InvalidBody, Kind::ByteOrderMark, 1, 1)]);
    let deep = |depth: usize| format!("{{{valid},\"extra\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(faults(deep(127).as_bytes()), []);
    for depth in [128, 129, 10_000] {
        let wanted = [(Code::InvalidBody, Kind::TooDeep { most: 128 }, 1, 53 + 127)];
        assert_eq!(faults(deep(depth).as_bytes()), wanted, "{depth}");
    }
    let open = format!("{{{valid},\"extra\":{}", "{\"a\":".repeat(10_000));
    assert!(matches!(faults(open.as_bytes())[..], [(Code::InvalidBody, Kind::CutOff { .. }, 1, _)]));
    let surrogate = format!("{{{valid},\"extra\":{{\"\\ud83d\":\"\\ude00\"}}}}");
    let wanted = [(Code::InvalidBody, Kind::LoneSurrogate, 1, 54), (Code::InvalidBody, Kind::LoneSurrogate, 1, 63)];
    assert_eq!(faults(surrogate.as_bytes()), wanted);
}

#[test]
fn hostile_bodies_take_no_more_time_than_long_ones() {
    let valid = r#""client":{"name":"a"},"lines":[{"id":"1"}]"#;
    let many = |one: &dyn Fn(usize) -> String| (0..50_000).map(one).collect::<String>();
    let bodies = [
        format!("{{{valid}{}}}", many(&|index| format!(",\"unknown_{index}\":1"))),
        format!("{{{valid}{}}}", many(&|_| ",\"count\":1".to_owned())),
        format!("{{{valid},\"extra\":{{\"a\":0{}}}}}", many(&|_| ",\"a\":1".to_owned())),
        format!("{{{valid},\"tags\":[\"a\"{}]}}", many(&|index| format!(",\"{}\"", index / 2))),
        format!("{{{valid},\"tags\":[\"a\"{}]}}", many(&|_| ",\n1".to_owned())),
        format!("{{{valid},\"total\":{}}}", "9".repeat(500_000)),
        // Each level of these has two alternatives that fit.
        format!("{{{valid},\"node\":{}1{}}}", "{\"child\":".repeat(120), "}".repeat(120)),
        format!("{{{valid},\"node\":[{}]}}", "{\"child\":{}},".repeat(20_000).trim_end_matches(',')),
    ];
    let shop = shop();
    for body in &bodies {
        let start = Instant::now();
        let problems = shop.request("orderCreate", body.as_bytes(), &Policy::strict()).expect("an operation");
        assert!(!problems.is_empty(), "{body:.100}");
        // A hundred times what it takes: a time that grows with the square would be far longer.
        assert!(start.elapsed().as_secs() < 20, "{body:.100}: {:?}", start.elapsed());
    }
}

/// Checks a body.
type Check<'a> = dyn Fn(&[u8]) -> Result<Vec<Problem>, Unknown> + 'a;

/// The problems of all samples of an API, and how many samples there are.
fn problems_of_samples(api: &Api) -> (usize, String) {
    let (mut count, mut all) = (0, String::new());
    let (checker, sampler, strict) = (Checker::new(api), Sampler::new(api), Policy::strict());
    let mut add = |what: &str, sample: Option<Sample>, check: &Check<'_>| {
        let Some(sample) = sample else { return };
        for problem in check(json::json(&sample).as_bytes()).expect("a known name") {
            writeln!(all, "{what}: {problem}").expect("a string");
        }
        count += 1;
    };
    for size in SIZES {
        for operation in &api.operations {
            let id = &operation.id;
            add(&format!("{id} request"), sampler.request(operation, size), &|body| checker.request(id, body, &strict));
            add(&format!("{id} response"), sampler.response(operation, size), &|body| {
                checker.response(id, body, &strict)
            });
        }
        for webhook in &api.webhooks {
            let Webhook { kind, code, .. } = webhook;
            add(&format!("{kind}: {code}"), sampler.webhook(webhook, size), &|body| {
                checker.webhook(kind, code, body, &strict)
            });
        }
    }
    (count, all)
}

#[test]
fn the_samples_of_our_document_have_no_problems() {
    let (count, problems) = problems_of_samples(own::api());
    assert_eq!(problems, "");
    assert!(count > 300, "{count} samples");
}

#[test]
fn the_samples_of_published_documents_have_no_problems() {
    for document in published::all().into_iter().flatten() {
        let name = document.name.clone();
        let understood =
            codegen::understand(&own::inputs_for(document), &mut |_| {}).unwrap_or_else(|report| panic!("{report}"));
        let (count, problems) = problems_of_samples(&understood.api);
        assert_eq!(problems, "", "{name}");
        assert!(count > 20, "{name}: {count} samples");
    }
}

#[test]
fn the_samples_of_the_cases_have_no_problems() {
    let mut count = 0;
    for file in std::fs::read_dir("tests/cases").expect("cases") {
        let file = file.expect("a case").path();
        let text = std::fs::read_to_string(&file).expect("a text");
        let understood =
            codegen::understand(&case::inputs(&text), &mut |_| {}).unwrap_or_else(|report| panic!("{report}"));
        let (samples, problems) = problems_of_samples(&understood.api);
        assert_eq!(problems, "", "{}", file.display());
        count += samples;
    }
    assert!(count > 10, "{count} samples");
}
