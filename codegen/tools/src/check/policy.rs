//! Which problems are errors.

use serde::Serialize;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It is not reported.
    Ignored,
    /// The API may accept it.
    Warning,
    /// The API refuses it.
    Error,
}

/// What a policy decides about: the rules that a body can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The body is JSON in UTF-8, without a byte order mark, half surrogate pairs or deep nesting.
    Body,
    /// No object has a property twice.
    Duplicate,
    /// Required properties are there.
    Missing,
    /// The body of a request has no unknown properties.
    UnknownTop,
    /// Objects inside the body of a request have no unknown properties.
    UnknownNested,
    /// Objects have no unknown properties where the document forbids them (`additionalProperties: false`).
    UnknownForbidden,
    /// Responses and webhooks have no unknown properties.
    UnknownInResponse,
    /// Values have the right JSON type.
    Type,
    /// `null` is only where it is allowed.
    Null,
    /// Values are among the listed ones.
    Value,
    /// Numbers, lengths and patterns are within the limits.
    Limit,
    /// Dates, and dates with times, are those.
    Date,
    /// Dates with times have a zone.
    Zone,
    /// Other formats: an email address, a URL.
    Format,
    /// Decimal numbers in strings are numbers.
    Decimal,
}

/// How many rules there are.
const RULES: usize = Rule::Decimal as usize + 1;

/// Decides which problems are errors, which are warnings, and which are ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    severities: [Severity; RULES],
}

impl Policy {
    /// Everything that the API refuses is an error, as far as the document and our data say it.
    pub const fn strict() -> Self {
        Self { severities: [Severity::Error; RULES] }.with(Rule::UnknownInResponse, Severity::Warning)
    }

    /// For a gateway in front of the API. What the API may know better than the document is a warning: unknown nested
    /// properties, values that are not listed, limits and formats.
    pub const fn gateway() -> Self {
        Self::strict()
            .with(Rule::UnknownNested, Severity::Warning)
            .with(Rule::UnknownInResponse, Severity::Ignored)
            .with(Rule::Value, Severity::Warning)
            .with(Rule::Limit, Severity::Warning)
            .with(Rule::Format, Severity::Warning)
            .with(Rule::Decimal, Severity::Warning)
    }

    /// Errors are what no server can read: missing properties, wrong types, broken JSON.
    pub const fn lenient() -> Self {
        Self::gateway()
            .with(Rule::UnknownTop, Severity::Warning)
            .with(Rule::UnknownNested, Severity::Ignored)
            .with(Rule::UnknownForbidden, Severity::Warning)
            .with(Rule::Null, Severity::Warning)
            .with(Rule::Value, Severity::Ignored)
            .with(Rule::Limit, Severity::Ignored)
            .with(Rule::Date, Severity::Warning)
            .with(Rule::Zone, Severity::Warning)
            .with(Rule::Format, Severity::Ignored)
            .with(Rule::Decimal, Severity::Ignored)
    }

    /// What the document itself says, and no more, as validators of JSON Schema read it. Unknown properties are errors
    /// only where it forbids them.
    pub const fn document() -> Self {
        Self::strict()
            .with(Rule::UnknownTop, Severity::Ignored)
            .with(Rule::UnknownNested, Severity::Ignored)
            .with(Rule::UnknownInResponse, Severity::Ignored)
            .with(Rule::Decimal, Severity::Ignored)
    }

    /// The same policy with another severity for a rule.
    #[must_use]
    pub const fn with(mut self, rule: Rule, severity: Severity) -> Self {
        self.severities[rule as usize] = severity;
        self
    }

    /// The severity of problems with a rule.
    pub const fn severity(&self, rule: Rule) -> Severity {
        self.severities[rule as usize]
    }
}
