//! The rules by name.

use serde::Deserialize;

/// A rule: a way for a document to contradict itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// `required` names a property that is not declared.
    RequiredUndeclared,
    /// An example is not a value of its schema.
    ExampleMismatch,
    /// An example has a property that its schema does not declare.
    ExampleUndeclared,
    /// A default is not a value of its schema.
    DefaultMismatch,
    /// Two webhooks of one type and code have the same properties.
    WebhookTwice,
    /// A property has different types in schemas of one family.
    TypeDiffers,
    /// An operation looks paged, but has no entry for paging.
    PagesUnknown,
    /// A lower bound is above its upper bound.
    BoundsCrossed,
    /// An enum lists a value twice, one of another type, or `null` where that is not allowed.
    EnumValue,
    /// A keyword or a format is about values of another type than the schema's.
    KeywordOtherType,
    /// A pattern is not a regular expression.
    PatternUnreadable,
    /// A property that only responses have, in a schema that only requests have.
    ReadOnlyInRequest,
    /// A property that only requests have, in a schema that only responses have.
    WriteOnlyInResponse,
    /// A discriminator maps a value that its property can't have.
    MappingUnused,
    /// The document is not valid OpenAPI, in a way that changes nothing or has one meaning.
    InvalidOpenapi,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::RequiredUndeclared,
        Self::ExampleMismatch,
        Self::ExampleUndeclared,
        Self::DefaultMismatch,
        Self::WebhookTwice,
        Self::TypeDiffers,
        Self::PagesUnknown,
        Self::BoundsCrossed,
        Self::EnumValue,
        Self::KeywordOtherType,
        Self::PatternUnreadable,
        Self::ReadOnlyInRequest,
        Self::WriteOnlyInResponse,
        Self::MappingUnused,
        Self::InvalidOpenapi,
    ];

    /// Their names, in the same order.
    pub(super) const NAMES: &[&str] = &[
        "required-undeclared",
        "example-mismatch",
        "example-undeclared",
        "default-mismatch",
        "webhook-twice",
        "type-differs",
        "pages-unknown",
        "bounds-crossed",
        "enum-value",
        "keyword-other-type",
        "pattern-unreadable",
        "read-only-in-request",
        "write-only-in-response",
        "mapping-unused",
        "invalid-openapi",
    ];

    /// Its name, which never changes: `type-differs`.
    pub fn name(self) -> &'static str {
        Self::NAMES.get(self as usize).copied().unwrap_or_default()
    }

    /// Whether it checks things that the import removes: examples, and mistakes against OpenAPI.
    pub fn needs_whole(self) -> bool {
        matches!(self, Self::ExampleMismatch | Self::ExampleUndeclared | Self::InvalidOpenapi)
    }

    /// Whether its findings are about two places.
    pub fn is_about_two(self) -> bool {
        matches!(self, Self::WebhookTwice | Self::TypeDiffers)
    }
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn each_rule_has_the_name_that_it_is_read_by() {
        assert_eq!(Rule::ALL.len(), Rule::NAMES.len());
        for rule in Rule::ALL {
            assert_eq!(serde_yaml::from_str::<Rule>(rule.name()).expect("a rule's name"), rule);
        }
    }
}
