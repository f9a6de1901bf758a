//! One change.

use std::fmt;

use crate::diag::Pointer;
use crate::diff::Reach;
use crate::surface::Difference;
use api_model::TypeId;

/// A change between two documents.
#[derive(Clone, Debug)]
pub struct Change {
    /// The kind of change.
    pub what: What,
    /// The place in readable form: `POST /pets/get`, `Pet.kind`, `Kind=cat`.
    pub at: String,
    /// The old and the new state: `string -> integer`.
    pub detail: String,
    /// The products that it affects.
    pub modules: Vec<String>,
    /// The place in the old document.
    pub old: Option<Spot>,
    /// The place in the new document.
    pub new: Option<Spot>,
    /// The operations and webhooks that it affects, among those that both documents have.
    pub reach: Reach,
    /// Whether programs built on the old SDK fail against the new API.
    pub wire: Effect,
    /// The differences that it makes to the public items.
    pub build: Vec<Difference>,
    /// What it is about, for the rest of the comparison.
    pub(super) subject: Subject,
}

/// What a change is about, to find the cause of a difference.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    /// The type's id, in the old document and in the new one.
    pub(super) types: [Option<TypeId>; 2],
    /// The property or value, in the old document and in the new one.
    pub(super) members: [Option<String>; 2],
    /// The operation's id, in the old document and in the new one.
    pub(super) operations: [Option<String>; 2],
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file, as the caller named it.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The place in it.
    pub at: Pointer,
}

/// Whether something breaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It doesn't.
    #[default]
    No,
    /// It does in this case.
    If(String),
    /// It does, for this reason.
    Yes(String),
}

impl Effect {
    /// Whether it breaks in some case at least.
    pub const fn breaks(&self) -> bool {
        !matches!(self, Self::No)
    }

    /// The worse of the two. If both are equal, the first.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if other.rank() > self.rank() { other } else { self }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::No => 0,
            Self::If(_) => 1,
            Self::Yes(_) => 2,
        }
    }
}

impl Change {
    /// The type of the new document that it is about.
    pub fn new_type(&self) -> Option<&TypeId> {
        self.subject.types[1].as_ref()
    }

    /// The property or value of the new document that it is about.
    pub fn new_member(&self) -> Option<&str> {
        self.subject.members[1].as_deref()
    }

    /// Whether programs that compiled may no longer compile.
    pub fn breaks_build(&self) -> bool {
        self.build.iter().any(Difference::breaks)
    }

    /// How bad it is. Smaller is worse.
    pub fn class(&self) -> Class {
        match (&self.wire, self.breaks_build()) {
            (Effect::Yes(_), _) => Class::Wire,
            (Effect::If(_), _) => Class::WireInCases,
            (Effect::No, true) => Class::Build,
            (Effect::No, false) if !self.build.is_empty() => Class::Additions,
            (Effect::No, false) => Class::Rest,
        }
    }

    pub(super) fn order(&self) -> (Class, String, What, String) {
        (self.class(), self.modules.first().cloned().unwrap_or_default(), self.what, self.at.clone())
    }
}

/// How bad a change is, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Programs built on the old SDK fail.
    Wire,
    /// They fail in some cases.
    WireInCases,
    /// Programs stop compiling, but programs that run are not affected.
    Build,
    /// It only adds or deprecates something.
    Additions,
    /// It does not affect programs.
    Rest,
}

impl Class {
    /// All of them, worst first.
    pub const ALL: [Self; 5] = [Self::Wire, Self::WireInCases, Self::Build, Self::Additions, Self::Rest];

    /// The heading for it.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Wire => "Breaks programs that run",
            Self::WireInCases => "Breaks programs that run, in some cases",
            Self::Build => "Breaks the build",
            Self::Additions => "Adds or deprecates",
            Self::Rest => "Changes nothing for programs",
        }
    }
}

macro_rules! sorts {
    ($($(#[$docs:meta])* $name:ident $text:literal)*) => {
        /// The kinds of changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum What {
            $(
                #[doc = concat!("`", $text, "`")]
                $(#[$docs])*
                $name,
            )*
        }

        impl What {
            /// The name in output for tools.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

sorts! {
    OperationRemoved "operation-removed"
    OperationMoved "operation-moved"
    OperationRenamed "operation-renamed"
    OperationAdded "operation-added"
    /// Its own server changed, came or went. Most operations have none and use the document's.
    OperationServerChanged "operation-server-changed"
    AuthenticationChanged "authentication-changed"
    BodyChanged "body-changed"
    ResponseChanged "response-changed"
    ErrorsChanged "errors-changed"
    ParameterRemoved "parameter-removed"
    ParameterAdded "parameter-added"
    ParameterChanged "parameter-changed"
    /// A parameter, or a property of a form, has another `style`, `explode` or media type.
    StyleChanged "style-changed"
    IdempotencyChanged "idempotency-changed"
    PagingChanged "paging-changed"
    WebhookRemoved "webhook-removed"
    WebhookAdded "webhook-added"
    SchemaRemoved "schema-removed"
    SchemaRenamed "schema-renamed"
    SchemaAdded "schema-added"
    /// An operation or webhook reaches it now, or no longer does.
    SchemaUsed "schema-used"
    SchemaUnused "schema-unused"
    /// Requests contain it now, and only responses did before, or the other way round.
    DirectionChanged "direction-changed"
    PropertyRemoved "property-removed"
    PropertyRenamed "property-renamed"
    PropertyAdded "property-added"
    TypeChanged "type-changed"
    BecameRequired "became-required"
    BecameOptional "became-optional"
    BecameNullable "became-nullable"
    NoLongerNullable "no-longer-nullable"
    ValueRemoved "value-removed"
    ValueAdded "value-added"
    AlternativeRemoved "alternative-removed"
    AlternativeAdded "alternative-added"
    AdditionalChanged "additional-properties-changed"
    ConstraintTightened "constraint-tightened"
    ConstraintLoosened "constraint-loosened"
    ConstraintChanged "constraint-changed"
    DefaultChanged "default-changed"
    Deprecated "deprecated"
    NoLongerDeprecated "no-longer-deprecated"
    /// The code generated for it changed, because our own data or other parts of the document changed.
    InterfaceChanged "interface-changed"
    ServersChanged "servers-changed"
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
