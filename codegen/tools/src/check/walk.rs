//! Compares a tree with a type.

use std::collections::HashMap;
use std::mem;

use api_model::Literal;

use super::format;
use super::path::{self, Step};
use super::policy::{Policy, Rule, Severity};
use super::problem::{JsonType, Kind};
use super::schema::{Alternatives, Further, Object, Schemas, Shape, Use};
use super::tree::{Tree, What};
use super::values::Values;
use crate::calendar::{Day, Moment};
use crate::nearest;

/// How many problems of a body come with the name that was most likely meant. Looking for it takes time.
const SUGGESTIONS: usize = 100;

/// Who sends the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Request,
    /// Also for webhooks.
    Response,
}

/// A problem before its line is known.
pub(super) struct Found {
    pub(super) offset: usize,
    pub(super) path: String,
    pub(super) severity: Severity,
    pub(super) kind: Kind,
}

/// How far a value is from a type. Errors count first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    errors: usize,
    warnings: usize,
}

/// Compares values with types. It only goes as deep as the tree, which is bounded.
pub(super) struct Walk<'a> {
    tree: &'a Tree<'a>,
    schemas: &'a Schemas,
    policy: &'a Policy,
    direction: Direction,
    path: Vec<Step<'a>>,
    found: Vec<Found>,
    /// The score of the alternative that is tried. Meanwhile, nothing is reported.
    trial: Option<Score>,
    /// The closest alternative of a union for a value, by the value and the union's shape. Without it, nested unions
    /// would take time that doubles at each level.
    closest: HashMap<(usize, usize), (usize, Score)>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(tree: &'a Tree<'a>, schemas: &'a Schemas, policy: &'a Policy, direction: Direction) -> Self {
        let (path, found, closest) = (Vec::new(), Vec::new(), HashMap::new());
        Self { tree, schemas, policy, direction, path, found, trial: None, closest }
    }

    /// Compares the whole tree with a type.
    pub(super) fn run(mut self, used: &'a Use) -> Vec<Found> {
        self.value(0, used);
        self.found
    }

    fn report(&mut self, index: usize, kind: Kind) {
        self.report_as(kind.rule(), index, kind);
    }

    fn report_as(&mut self, rule: Rule, index: usize, kind: Kind) {
        let severity = self.policy.severity(rule);
        match (&mut self.trial, severity) {
            (_, Severity::Ignored) => {}
            (Some(score), Severity::Warning) => score.warnings += 1,
            (Some(score), Severity::Error) => score.errors += 1,
            (None, _) => {
                let (offset, path) = (self.tree.start(index), path::render(self.tree, &self.path));
                self.found.push(Found { offset, path, severity, kind });
            }
        }
    }

    fn inside(&mut self, step: Step<'a>, run: impl FnOnce(&mut Self)) {
        self.path.push(step);
        run(self);
        self.path.pop();
    }

    /// Whether problems still come with suggestions.
    fn suggests(&self) -> bool {
        self.trial.is_none() && self.found.len() < SUGGESTIONS
    }

    fn value(&mut self, index: usize, used: &'a Use) {
        let schemas = self.schemas;
        let shape = &schemas.shapes[used.shape];
        match self.tree.what(index) {
            What::Skipped => return,
            What::Null if used.nullable || matches!(shape, Shape::Any) => return,
            _ => {}
        }
        if let Shape::Union(union) = shape {
            self.union(index, used.shape, union);
        } else if self.has_type(index, shape) {
            self.shape(index, shape);
        } else {
            let expected = shape.json_types().to_vec();
            self.report(index, Kind::Type { expected, found: self.json_type(index) });
            return;
        }
        let tree = self.tree;
        for limits in &used.limits {
            limits.check(tree, index, &mut |element, kind| match element {
                None => self.report(index, kind),
                Some((position, element)) => {
                    self.inside(Step::Index(position), |walk| walk.report(element, kind));
                }
            });
        }
    }

    /// Whether a value has a JSON type of a shape.
    fn has_type(&self, index: usize, shape: &Shape) -> bool {
        let found = self.json_type(index);
        match shape {
            Shape::Any | Shape::Union(_) => true,
            _ => shape.json_types().iter().any(|expected| match expected {
                JsonType::Number => matches!(found, JsonType::Number | JsonType::Integer),
                expected => *expected == found,
            }),
        }
    }

    fn json_type(&self, index: usize) -> JsonType {
        match self.tree.what(index) {
            What::Null => JsonType::Null,
            What::Bool => JsonType::Boolean,
            What::Number if is_whole(self.tree.raw(index)) => JsonType::Integer,
            What::Number => JsonType::Number,
            What::Text | What::Escaped => JsonType::String,
            What::List => JsonType::Array,
            What::Object | What::Skipped => JsonType::Object,
        }
    }

    /// Checks a value that has a JSON type of the shape.
    fn shape(&mut self, index: usize, shape: &'a Shape) {
        match shape {
            Shape::Any
            | Shape::AnyObject
            | Shape::Text
            | Shape::Bool
            | Shape::Integer
            | Shape::Number
            | Shape::Union(_) => {}
            Shape::DecimalText => {
                if !format::is_decimal(&self.tree.string(index)) {
                    self.report(index, Kind::NotDecimal);
                }
            }
            Shape::Date => {
                if Day::parse(&self.tree.string(index)).is_none() {
                    self.report(index, Kind::Format { format: "date" });
                }
            }
            Shape::DateTime => match Moment::parse(&self.tree.string(index)).map(|moment| moment.zone) {
                Some(Some(_)) => {}
                Some(None) => self.report(index, Kind::WithoutZone),
                None => self.report(index, Kind::Format { format: "date-time" }),
            },
            Shape::List(element) => {
                for (position, value) in self.tree.elements(index).enumerate() {
                    self.inside(Step::Index(position), |walk| walk.value(value, element));
                }
            }
            Shape::Map(used) => {
                for (key, value) in self.tree.members(index) {
                    self.inside(Step::Key(key), |walk| walk.value(value, used));
                }
            }
            Shape::Object(object) => self.object(index, object),
            Shape::Enum(values) => self.listed(index, values),
        }
    }

    fn listed(&mut self, index: usize, values: &'a Values) {
        let raw = self.tree.raw(index);
        let text = match self.tree.what(index) {
            What::Text | What::Escaped => Some(self.tree.string(index)),
            _ => None,
        };
        let is_listed = match &text {
            Some(text) => values.has_text(text),
            None => values.has_number(raw) || values.has_bool(raw == "true"),
        };
        if is_listed || self.policy.severity(Rule::Value) == Severity::Ignored {
            return;
        }
        let (mut allowed, mut near) = (Vec::new(), None);
        if self.trial.is_none() {
            allowed.clone_from(&values.all);
        }
        if self.suggests() {
            near = text.and_then(|text| meant(&text, values.texts()));
        }
        self.report(index, Kind::Value { allowed, nearest: near });
    }

    fn object(&mut self, index: usize, object: &'a Object) {
        let is_body = self.path.is_empty();
        // The value of each property, or its absence.
        let mut seen: Vec<Option<usize>> = vec![None; object.properties.len()];
        let mut expected = 0;
        for (key, value) in self.tree.members(index) {
            let name = self.tree.string(key);
            if let Some(found) = object.find(&name, expected) {
                expected = found + 1;
                seen[found] = Some(value);
                self.inside(Step::Key(key), |walk| walk.value(value, &object.properties[found].value));
                continue;
            }
            let rule = match (&object.further, self.direction) {
                (Further::Of(used), _) => {
                    self.inside(Step::Key(key), |walk| walk.value(value, used));
                    continue;
                }
                (Further::Forbidden, Direction::Request) if is_body && self.is_error(Rule::UnknownTop) => {
                    Rule::UnknownTop
                }
                (Further::Forbidden, _) => Rule::UnknownForbidden,
                (Further::Open, Direction::Request) if is_body => Rule::UnknownTop,
                (Further::Open, Direction::Request) => Rule::UnknownNested,
                (Further::Open, Direction::Response) => Rule::UnknownInResponse,
            };
            if self.policy.severity(rule) > Severity::Ignored {
                let near = if self.suggests() { meant(&name, object.names()) } else { None };
                self.inside(Step::Key(key), |walk| walk.report_as(rule, key, Kind::Unknown { nearest: near }));
            }
        }
        for (property, seen) in object.properties.iter().zip(&seen) {
            let required = match self.direction {
                Direction::Request => property.required_in_requests,
                Direction::Response => property.required_in_responses,
            };
            if required && seen.is_none() {
                self.inside(Step::Name(&property.name), |walk| walk.report(index, Kind::Missing));
            }
        }
        if self.direction == Direction::Request && !(object.exclusive.is_empty() && object.conditions.is_empty()) {
            self.together(index, object, &seen);
        }
    }

    /// Properties that exclude each other, and those that are required because of others. `null` counts as absent.
    fn together(&mut self, index: usize, object: &'a Object, seen: &[Option<usize>]) {
        let set = |property: usize| seen[property].filter(|value| self.tree.what(*value) != What::Null);
        let mut problems = Vec::new();
        for group in &object.exclusive {
            let mut there = group.iter().filter_map(|property| Some((*property, set(*property)?)));
            let Some((first, _)) = there.next() else { continue };
            let with = &object.properties[first].name;
            problems
                .extend(there.map(|(property, value)| (property, value, Kind::Exclusive { with: with.to_string() })));
        }
        for condition in object.conditions.iter().filter(|condition| set(condition.property).is_none()) {
            let holds = condition.when.iter().map(|(other, values)| {
                let value = set(*other).filter(|value| matches!(self.tree.what(*value), What::Text | What::Escaped))?;
                let value = values.iter().find(|listed| ***listed == *self.tree.string(value))?;
                Some((object.properties[*other].name.to_string(), value.clone()))
            });
            if let Some(because) = holds.collect::<Option<Vec<_>>>() {
                problems.push((condition.property, index, Kind::MissingIf { because }));
            }
        }
        for (property, place, kind) in problems {
            self.inside(Step::Name(&object.properties[property].name), |walk| walk.report(place, kind));
        }
    }

    fn is_error(&self, rule: Rule) -> bool {
        self.policy.severity(rule) == Severity::Error
    }

    /// Checks a value by the alternative that the discriminator chooses, else by the closest one.
    fn union(&mut self, index: usize, shape: usize, union: &'a Alternatives) {
        if let Some(tag) = self.tag(index, union) {
            let name = self.tree.string(tag);
            return match union.tags.iter().find(|(known, _)| *known == *name) {
                Some((_, chosen)) => self.value(index, &union.all[*chosen]),
                None => {
                    let allowed = union.tags.iter().map(|(tag, _)| Literal::Text(tag.clone())).collect();
                    let near = meant(&name, union.tags.iter().map(|(tag, _)| tag.as_str()));
                    self.inside(Step::Key(tag - 1), |walk| walk.report(tag, Kind::Value { allowed, nearest: near }));
                }
            };
        }
        let fitting: Vec<usize> = (0..union.all.len()).filter(|one| self.may_fit(index, &union.all[*one], 0)).collect();
        match fitting[..] {
            [] => {
                let mut expected = Vec::new();
                for used in &union.all {
                    self.json_types(used, 0, &mut expected);
                }
                self.report(index, Kind::Type { expected, found: self.json_type(index) });
            }
            [only] => self.value(index, &union.all[only]),
            _ => self.closest(index, shape, union, &fitting),
        }
    }

    /// The string that chooses an alternative.
    fn tag(&self, index: usize, union: &Alternatives) -> Option<usize> {
        let property = union.discriminator.as_ref().filter(|_| self.tree.what(index) == What::Object)?;
        let (_, value) = self.tree.members(index).find(|(key, _)| self.tree.string(*key) == **property)?;
        matches!(self.tree.what(value), What::Text | What::Escaped).then_some(value)
    }

    fn closest(&mut self, index: usize, shape: usize, union: &'a Alternatives, fitting: &[usize]) {
        let known = self.closest.get(&(index, shape)).copied();
        let (best, score) = known.unwrap_or_else(|| {
            // A union that contains itself directly finds this instead of trying forever.
            let worst = Score { errors: usize::MAX / 2, warnings: 0 };
            self.closest.insert((index, shape), (fitting[0], worst));
            let outer = self.trial.take();
            let scores = fitting.iter().map(|one| {
                self.trial = Some(Score::default());
                self.value(index, &union.all[*one]);
                (*one, self.trial.take().unwrap_or_default())
            });
            let best = scores.min_by_key(|(_, score)| *score).unwrap_or((fitting[0], worst));
            self.trial = outer;
            self.closest.insert((index, shape), best);
            best
        });
        match &mut self.trial {
            Some(trial) => {
                trial.errors = trial.errors.saturating_add(score.errors);
                trial.warnings = trial.warnings.saturating_add(score.warnings);
            }
            None if score == Score::default() => {}
            None => self.value(index, &union.all[best]),
        }
    }

    /// Whether a value has a JSON type of a use.
    fn may_fit(&self, index: usize, used: &Use, depth: usize) -> bool {
        match &self.schemas.shapes[used.shape] {
            _ if used.nullable && self.tree.what(index) == What::Null => true,
            Shape::Union(union) if depth < self.schemas.shapes.len() => {
                union.all.iter().any(|one| self.may_fit(index, one, depth + 1))
            }
            shape => self.has_type(index, shape),
        }
    }

    fn json_types(&self, used: &Use, depth: usize, types: &mut Vec<JsonType>) {
        let mut own = Vec::new();
        match &self.schemas.shapes[used.shape] {
            Shape::Union(union) if depth < self.schemas.shapes.len() => {
                union.all.iter().for_each(|one| self.json_types(one, depth + 1, &mut own));
            }
            shape => own.extend_from_slice(shape.json_types()),
        }
        own.retain(|one| !types.contains(one));
        types.append(&mut mem::take(&mut own));
    }
}

/// The known name that was most likely meant.
fn meant<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    nearest::nearest(name, known).first().map(|known| (*known).to_owned())
}

/// Whether a JSON number has no fraction.
fn is_whole(digits: &str) -> bool {
    if digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return true;
    }
    super::number::Number::parse(digits).is_some_and(|number| number.is_whole())
}
