//! Samples with the numbers as the SDK writes them, where it has an `f64`. Everything else stays as it is.

use codegen::api_model::{Api, Kind, Sample, Struct, Type};

/// The sample as the SDK writes it.
pub fn of(api: &Api, ty: &Type, sample: &Sample) -> Sample {
    match (api.resolve(ty), sample) {
        (Type::Float, Sample::Number(digits)) => float(digits),
        (Type::Json | Type::JsonObject, sample) => json(sample),
        (Type::List(inner), Sample::List(all)) => {
            Sample::List(all.iter().map(|sample| of(api, inner, sample)).collect())
        }
        (Type::Map(inner), Sample::Object(all)) => {
            Sample::Object(all.iter().map(|(name, sample)| (name.clone(), of(api, inner, sample))).collect())
        }
        (Type::Nullable(inner), sample) => of(api, inner, sample),
        (Type::Named(id), sample) => match (api.types.get(id).map(|def| &def.kind), sample) {
            (Some(Kind::Struct(object)), Sample::Object(all)) => properties(api, object, all),
            (Some(Kind::Union(union)), sample) => match api.alternative(union, sample) {
                Some(variant) => of(api, &variant.ty, sample),
                None => json(sample),
            },
            _ => sample.clone(),
        },
        (_, sample) => sample.clone(),
    }
}

fn properties(api: &Api, object: &Struct, all: &[(String, Sample)]) -> Sample {
    let property = |(name, sample): &(String, Sample)| {
        let field = object.caller_fields().find(|field| field.wire == *name).map(|field| &field.ty);
        let ty = field.or_else(|| object.additional.typed());
        (name.clone(), ty.map_or_else(|| sample.clone(), |ty| of(api, ty, sample)))
    };
    Sample::Object(all.iter().map(property).collect())
}

/// Any JSON: numbers that are not whole are an `f64`.
fn json(sample: &Sample) -> Sample {
    match sample {
        Sample::Number(digits) if digits.contains(['.', 'e', 'E']) => float(digits),
        Sample::List(all) => Sample::List(all.iter().map(json).collect()),
        Sample::Object(all) => Sample::Object(all.iter().map(|(name, sample)| (name.clone(), json(sample))).collect()),
        sample => sample.clone(),
    }
}

fn float(digits: &str) -> Sample {
    let written = digits.parse::<f64>().ok().and_then(|value| serde_json::to_string(&value).ok());
    Sample::Number(written.unwrap_or_else(|| digits.to_owned()))
}
