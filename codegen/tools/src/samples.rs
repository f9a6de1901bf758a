//! Sample values: a request and a response of each operation and a payload of each webhook, as a person would write them.
//!
//! A value comes from the hints of the API ([`api_model::SampleHints`]), else from the document's values, format and limits,
//! else from the property's name. The same API gives the same samples. Within one sample an id has one value, dates are in
//! order, and values that follow from others are computed from them.

mod dates;
mod decimal;
mod derive;
mod exclusive;
mod given;
mod limits;
mod maker;
mod notes;
mod pattern;
mod random;
mod text;
mod why;
mod words;

use api_model::{
    Api, BodyMedia, Field, Operation, OperationHints, Pointer, ResponseBody, Sample, Struct, Type, TypeId, Webhook,
};

use self::maker::Maker;
pub use self::notes::{Missing, Notes};

/// How much a sample sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Size {
    /// What is required, and what makes it useful (`also` of the hints). What is required and nullable is `null`.
    Minimal,
    /// Every property at every depth, except where a type contains itself and where properties exclude each other. A list
    /// has an element for each alternative of its elements.
    Full,
}

/// Both sizes.
pub const SIZES: [Size; 2] = [Size::Minimal, Size::Full];

/// Makes samples of an API.
pub struct Sampler<'a> {
    api: &'a Api,
}

impl<'a> Sampler<'a> {
    /// A maker of samples for an API, with the hints of the API.
    pub fn new(api: &'a Api) -> Self {
        Self { api }
    }

    /// The body of an operation's request, without the caller's credentials. There is none without a JSON body or a form,
    /// and for a request that requires itself.
    pub fn request(&self, operation: &Operation, size: Size) -> Option<Sample> {
        self.request_with(operation, size, &mut Notes::default())
    }

    /// Path, query and header parameters of an operation, as one object. If none is required, the first is set.
    pub fn parameters(&self, operation: &Operation, size: Size) -> Option<Sample> {
        self.parameters_with(operation, size, &mut Notes::default())
    }

    /// The body of an operation's success response. There is none if it is not JSON.
    pub fn response(&self, operation: &Operation, size: Size) -> Option<Sample> {
        self.response_with(operation, size, &mut Notes::default())
    }

    /// A webhook's payload, with the pair that announces it.
    pub fn webhook(&self, webhook: &Webhook, size: Size) -> Option<Sample> {
        self.webhook_with(webhook, size, &mut Notes::default())
    }

    /// Random bodies of an operation's request, at least 20, all valid. The same seed gives the same bodies.
    ///
    /// Together they set, omit and, where it is nullable, null every property at every depth, and use every value of every
    /// enum and every alternative of every union, except what only appears in values that contain themselves. Strings and
    /// numbers are often ones that programs get wrong. There are none without a JSON body or a form.
    pub fn random(&self, operation: &Operation, seed: u64) -> Vec<Sample> {
        let body = operation.body.as_ref().filter(|body| !matches!(body.media, BodyMedia::Binary(_)));
        // Two operations with the same type of request get different bodies.
        let seed = operation.id.bytes().fold(seed, |seed, byte| seed.rotate_left(5) ^ u64::from(byte));
        body.map(|body| random::bodies(self.api, &body.ty, seed)).unwrap_or_default()
    }

    /// A value of any type of the API.
    pub fn value(&self, ty: &Type, size: Size) -> Option<Sample> {
        self.body(ty, None, size, &mut Notes::default())
    }

    /// What making the samples of an operation shows about the hints.
    pub fn review(&self, operation: &Operation) -> Notes {
        let mut notes = Notes::default();
        let mut needed = Notes::default();
        self.request_with(operation, Size::Minimal, &mut needed);
        self.parameters_with(operation, Size::Minimal, &mut needed);
        notes.add_needed(needed);
        for size in SIZES {
            self.request_with(operation, size, &mut notes);
            self.parameters_with(operation, size, &mut notes);
            self.response_with(operation, size, &mut notes);
        }
        notes.once();
        notes
    }

    /// What making all samples shows about the hints.
    pub fn review_all(&self) -> Notes {
        let mut notes = Notes::default();
        for operation in &self.api.operations {
            notes.add(self.review(operation));
        }
        for (webhook, size) in self.api.webhooks.iter().flat_map(|webhook| SIZES.map(|size| (webhook, size))) {
            self.webhook_with(webhook, size, &mut notes);
        }
        notes
    }

    fn request_with(&self, operation: &Operation, size: Size, notes: &mut Notes) -> Option<Sample> {
        let body = operation.body.as_ref().filter(|body| !matches!(body.media, BodyMedia::Binary(_)))?;
        let hint = self.hint(operation, "request", |hints| hints.request.as_ref());
        Maker::new(self.api, size, notes).of_request().body(&body.ty, hint)
    }

    fn response_with(&self, operation: &Operation, size: Size, notes: &mut Notes) -> Option<Sample> {
        let ResponseBody::Json(ty) = &operation.response.body else { return None };
        self.body(ty, self.hint(operation, "response", |hints| hints.response.as_ref()), size, notes)
    }

    /// The hint for a part of an operation, with its place.
    fn hint(
        &self,
        operation: &Operation,
        part: &str,
        of: impl Fn(&'a OperationHints) -> Option<&'a Sample>,
    ) -> Option<(Pointer, &'a Sample)> {
        let hint = of(self.api.hints.operations.get(&operation.id)?)?;
        Some((Pointer::root().child("operations").child(&operation.id).child(part), hint))
    }

    fn body(&self, ty: &Type, hint: Option<(Pointer, &Sample)>, size: Size, notes: &mut Notes) -> Option<Sample> {
        Maker::new(self.api, size, notes).body(ty, hint)
    }

    /// Parameters are made like the properties of a struct of the operation's name.
    fn parameters_with(&self, operation: &Operation, size: Size, notes: &mut Notes) -> Option<Sample> {
        let mut fields: Vec<Field> = operation.parameters.iter().map(|parameter| parameter.field.clone()).collect();
        let hint = self.hint(operation, "parameters", |hints| hints.parameters.as_ref());
        // A required one that may be `null` is `null` in a minimal sample.
        let is_set = hint.is_some() || fields.iter().any(|field| field.required && !field.nullable);
        let first = fields.first_mut()?;
        if !is_set {
            (first.required, first.nullable) = (true, false);
        }
        let (id, object) = (TypeId::schema(operation.id.clone()), Struct { fields, ..Struct::default() });
        Maker::new(self.api, size, notes).parameters(&id, &object, hint)
    }

    fn webhook_with(&self, webhook: &Webhook, size: Size, notes: &mut Notes) -> Option<Sample> {
        let pair = self.api.hints.webhook.as_ref().map(|(kind, code)| {
            let text = |text: &str| Sample::Text(text.to_owned());
            vec![(kind.clone(), text(&webhook.kind)), (code.clone(), text(&webhook.code))]
        });
        Maker::new(self.api, size, notes).payload(&webhook.body, pair.unwrap_or_default())
    }
}
