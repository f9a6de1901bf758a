//! The rule: what can be read without inventing a value is read, and reported.

use plaid_sdk::serde_json::{Map, Value, json};

use super::named;
use super::sample::{Content, Node, Step, path_text};

/// The required strings of the samples that are texts for people or for support.
const TEXTS: [&str; 8] =
    ["name", "legal_name", "institution_name", "description", "error_message", "street", "data", "request_id"];

/// The strings of the samples that Plaid assigned and gets back.
const IDS: [&str; 22] = [
    "account_id",
    "asset_report_id",
    "authorization_id",
    "category_id",
    "entity_id",
    "funding_account_id",
    "id",
    "institution_id",
    "item_id",
    "ledger_id",
    "merchant_entity_id",
    "next_cursor",
    "origination_account_id",
    "originator_client_id",
    "pending_transaction_id",
    "persistent_account_id",
    "proxy_security_id",
    "recurring_transfer_id",
    "request_id",
    "security_id",
    "transaction_id",
    "transfer_id",
];

/// The lists of changes since a cursor.
const CHANGES: [&str; 3] = ["added", "modified", "removed"];

/// The list in pages whose next page starts at the number of elements.
const COUNTED: &str = "transfers";

/// A deviation, or a difference that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Null,
    Missing,
    NullElement,
    DateTime,
    DateTimeWithoutZone,
    WholeNumber,
    WholeNumberWithPoint,
    LoneSurrogate,
    ByteOrderMark,
    Fraction,
    Boolean,
    Text,
    DigitsInText,
    Date,
    Array,
    Object,
    Unknown,
    Twice,
}

use Kind::{
    Array, Boolean, ByteOrderMark, Date, DateTime, DateTimeWithoutZone, DigitsInText, Fraction, LoneSurrogate, Missing,
    Null, NullElement, Object, Text, Twice, Unknown, WholeNumber, WholeNumberWithPoint,
};

/// What must come of reading a document.
pub(super) enum Expected {
    /// The same as reading this document.
    Silent(Value),
    /// The same, and these paths are reported.
    Reported(Value, Vec<String>),
    /// It is refused for this reason.
    Refused(&'static str),
}

/// A document to read.
pub(super) struct Case {
    pub(super) json: String,
    pub(super) expected: Expected,
    /// Where an error is reported.
    pub(super) error_at: Vec<Step>,
}

const INVENTED: &str = "an id, code, number, date or value of an enum would be invented";
const TYPE: &str = "it is of another type";
const DIGITS: &str = "its digits may be lost";
const ZEROS: &str = "it may have begun with zeros";
const OTHER_ID: &str = "the id, token, cursor, code or value of an enum would be another one";
const CHANGE: &str = "the next cursor would skip changes";
const PLACE: &str = "the next page would start at the wrong element";
const MIXED: &str = "two objects would be mixed";

impl Kind {
    pub(super) const ALL: [Self; 18] = [
        Null,
        Missing,
        NullElement,
        DateTime,
        DateTimeWithoutZone,
        WholeNumber,
        WholeNumberWithPoint,
        LoneSurrogate,
        ByteOrderMark,
        Fraction,
        Boolean,
        Text,
        DigitsInText,
        Date,
        Array,
        Object,
        Unknown,
        Twice,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Null => "`null`",
            Missing => "nothing",
            NullElement => "a `null` before the first element of a list",
            DateTime => "a date-time",
            DateTimeWithoutZone => "a date-time without a zone",
            WholeNumber => "a whole number",
            WholeNumberWithPoint => "`730.0`",
            LoneSurrogate => "a text with a lone surrogate",
            ByteOrderMark => "a byte order mark before the document",
            Fraction => "`12.5`",
            Boolean => "`true`",
            Text => "a text",
            DigitsInText => "`\"12.50\"`",
            Date => "a date",
            Array => "`[]`",
            Object => "`{}`",
            Unknown => "an object with an unknown property",
            Twice => "the property twice",
        }
    }

    /// Whether it is repaired in the text of the document, which serde_json does not do by itself.
    pub(super) const fn is_of_the_text(self) -> bool {
        matches!(self, LoneSurrogate | ByteOrderMark)
    }

    /// The value that replaces another.
    fn value(self) -> Option<Value> {
        Some(match self {
            Null => Value::Null,
            DateTime => json!("2026-03-02T23:30:00-05:00"),
            DateTimeWithoutZone => json!("2026-03-02T23:30:00"),
            WholeNumber => json!(730),
            WholeNumberWithPoint => json!(730.0),
            LoneSurrogate => json!("cut @"),
            Fraction => json!(12.5),
            Boolean => json!(true),
            Text => json!("some text"),
            DigitsInText => json!("12.50"),
            Date => json!("2026-03-02"),
            Array => json!([]),
            Object => json!({}),
            Missing | NullElement | ByteOrderMark | Unknown | Twice => return None,
        })
    }
}

/// The document with one deviation at a path, and what must come of it. `None` if the kind does not apply there.
pub(super) fn case(sample: &Node, steps: &[Step], node: &Node, kind: Kind) -> Option<Case> {
    let same = || sample.json();
    let here = path_text(steps);
    let mut error_at = steps.to_vec();
    let (json, expected) = match (kind, &node.content) {
        (ByteOrderMark, _) => {
            // Once for each document.
            let is_first = sample.nodes().first().is_some_and(|(first, _)| first == steps);
            (is_first.then(|| format!("\u{feff}{}", same()))?, Expected::Reported(same(), vec![String::new()]))
        }
        (NullElement, Content::List(nodes)) if elements_count(steps).is_some() => {
            let mut elements: Vec<Value> = nodes.iter().map(Node::json).collect();
            elements.insert(0, Value::Null);
            error_at.push(Step::Index(0));
            let reason = elements_count(steps)?;
            (sample.with(steps, Some(elements.into())).to_string(), Expected::Refused(reason))
        }
        (NullElement, Content::List(nodes)) => {
            let mut elements: Vec<Value> = nodes.iter().map(Node::json).collect();
            elements.insert(0, Value::Null);
            let document = sample.with(steps, Some(elements.into()));
            let takes_null = nodes.first()?;
            let expected = if takes_null.is_nullable || takes_null.type_name() == "any" {
                Expected::Silent(document.clone())
            } else {
                Expected::Reported(same(), vec![format!("{here}[0]")])
            };
            (document.to_string(), expected)
        }
        (Unknown, Content::Object(_)) => {
            let mut object = node.json();
            object["invented_tomorrow"] = json!({"deep": [1, null]});
            (sample.with(steps, Some(object)).to_string(), Expected::Silent(same()))
        }
        (Twice, _) => {
            let (Some(Step::Name(name)), Content::Object(_)) = (steps.last(), &sample.parent(steps).content) else {
                return None;
            };
            // The text of the parent, with the property once more.
            let (_, above) = steps.split_last()?;
            let mut parent = sample.parent(steps).json();
            parent["@"] = Value::Null;
            let once_more = format!("{}:{}", json!(name), node.json());
            let document = sample.with(above, Some(parent)).to_string().replace("\"@\":null", &once_more);
            error_at = above.to_vec();
            (document, Expected::Refused(MIXED))
        }
        (Missing, _) => {
            let (Some(Step::Name(name)), Content::Object(_)) = (steps.last(), &sample.parent(steps).content) else {
                return None;
            };
            let document = sample.with(steps, None);
            error_at = steps[..steps.len() - 1].to_vec();
            let expected = if !node.is_required {
                Expected::Silent(document.clone())
            } else {
                match node.blank(name) {
                    _ if is_changes(steps) => Expected::Refused(CHANGE),
                    Some(blank) => Expected::Reported(sample.with(steps, Some(blank)), vec![here]),
                    None => Expected::Refused(INVENTED),
                }
            };
            (document.to_string(), expected)
        }
        (Null, _) => {
            let document = sample.with(steps, Some(Value::Null));
            let expected = match steps.last()? {
                _ if node.is_nullable || !node.is_required || node.type_name() == "any" => {
                    Expected::Silent(document.clone())
                }
                Step::Name(_) if is_changes(steps) => Expected::Refused(CHANGE),
                Step::Name(name) => match node.blank(name) {
                    Some(blank) => Expected::Reported(sample.with(steps, Some(blank)), vec![here]),
                    None if matches!(sample.parent(steps).content, Content::Map(_)) => {
                        Expected::Reported(sample.with(steps, None), vec![here])
                    }
                    None => Expected::Refused(INVENTED),
                },
                Step::Index(_) if elements_count(&steps[..steps.len() - 1]).is_some() => {
                    Expected::Refused(elements_count(&steps[..steps.len() - 1])?)
                }
                Step::Index(_) => Expected::Reported(sample.with(steps, None), vec![here]),
            };
            (document.to_string(), expected)
        }
        _ => {
            let value = kind.value()?;
            let document = sample.with(steps, Some(value.clone()));
            let expected = replaced(sample, steps, node, kind, &value, &mut error_at);
            (document.to_string().replace("cut @", "cut \\ud83d"), expected)
        }
    };
    Some(Case { json, expected, error_at })
}

/// What must come of a value of another type.
fn replaced(
    sample: &Node,
    steps: &[Step],
    node: &Node,
    kind: Kind,
    value: &Value,
    error_at: &mut Vec<Step>,
) -> Expected {
    let as_it_is = || Expected::Silent(sample.with(steps, Some(value.clone())));
    let read_as = |value: Value| Expected::Reported(sample.with(steps, Some(value)), vec![path_text(steps)]);
    match (node.type_name(), kind) {
        ("string", LoneSurrogate) if is_id(steps) || is_code(steps) => Expected::Refused(OTHER_ID),
        ("enum", LoneSurrogate) => Expected::Refused(OTHER_ID),
        ("any" | "string", LoneSurrogate) => read_as(json!("cut \u{fffd}")),
        ("any", _)
        | ("string" | "enum", Text | DigitsInText | Date | DateTime | DateTimeWithoutZone)
        | ("bool", Boolean)
        | ("integer", WholeNumber)
        | ("float" | "decimal" | "decimal-string", WholeNumber | WholeNumberWithPoint | Fraction)
        // Plaid has amounts in both forms, so both are read everywhere.
        | ("decimal" | "decimal-string", DigitsInText)
        | ("date", Date)
        | ("timestamp", Date | DateTime)
        | ("list", Array)
        | ("map" | "anyobject", Object) => as_it_is(),
        ("string", WholeNumber) if is_id(steps) => read_as(json!("730")),
        ("string", WholeNumber) => Expected::Refused(ZEROS),
        ("string", WholeNumberWithPoint | Fraction) => Expected::Refused(DIGITS),
        ("integer", WholeNumberWithPoint) => read_as(json!(730)),
        ("date", DateTime | DateTimeWithoutZone) => read_as(json!("2026-03-02")),
        ("timestamp", DateTimeWithoutZone) => read_as(json!("2026-03-02T23:30:00Z")),
        ("object", Object) => {
            // All its properties are missing.
            let Content::Object(nodes) = &node.content else { panic!("no object") };
            let mut required = nodes.iter().filter(|(_, node)| node.is_required).peekable();
            if required.peek().is_none() {
                return as_it_is();
            }
            let blank: Option<Map<String, Value>> =
                required.clone().map(|(name, node)| Some((name.clone(), node.blank(name)?))).collect();
            let mut paths: Vec<String> =
                required.map(|(name, _)| path_text(&named(steps, Step::Name(name.clone())))).collect();
            paths.sort();
            match blank {
                Some(blank) => Expected::Reported(sample.with(steps, Some(blank.into())), paths),
                None => {
                    error_at.truncate(steps.len());
                    Expected::Refused(INVENTED)
                }
            }
        }
        _ => Expected::Refused(TYPE),
    }
}

fn is_id(steps: &[Step]) -> bool {
    matches!(steps.last(), Some(Step::Name(name)) if IDS.contains(&name.as_str()))
}

/// Whether it is a code: of a currency, of an error, of a place.
fn is_code(steps: &[Step]) -> bool {
    matches!(steps.last(), Some(Step::Name(name)) if name.ends_with("code"))
}

fn is_changes(steps: &[Step]) -> bool {
    matches!(steps, [Step::Name(name)] if CHANGES.contains(&name.as_str()))
}

/// Why no element of this list may be left out, if there is a reason.
fn elements_count(steps: &[Step]) -> Option<&'static str> {
    match steps {
        _ if is_changes(steps) => Some(CHANGE),
        [Step::Name(name)] if name == COUNTED => Some(PLACE),
        _ => None,
    }
}

impl Node {
    fn type_name(&self) -> &str {
        match &self.content {
            Content::Object(_) => "object",
            Content::List(_) => "list",
            Content::Map(_) => "map",
            Content::Leaf(name, _) => name,
        }
    }

    /// The value that says nothing more than a missing one, if there is one.
    fn blank(&self, name: &str) -> Option<Value> {
        match &self.content {
            _ if self.is_nullable => Some(Value::Null),
            Content::List(_) => Some(json!([])),
            Content::Map(_) => Some(json!({})),
            Content::Object(nodes) => {
                let required = nodes.iter().filter(|(_, node)| node.is_required);
                required
                    .map(|(name, node)| Some((name.clone(), node.blank(name)?)))
                    .collect::<Option<Map<_, _>>>()
                    .map(Value::Object)
            }
            Content::Leaf(kind, _) => match kind.as_str() {
                "any" => Some(Value::Null),
                "anyobject" => Some(json!({})),
                "string" if TEXTS.contains(&name) => Some(json!("")),
                _ => None,
            },
        }
    }
}
