//! Walks through the strings of a request.

use plaid_catalog::model::Sample;

/// A copy of a value with its strings changed. `change` gets the dotted path of each: `options.account_ids[0]`.
pub fn with_paths(body: &Sample, change: &mut dyn FnMut(&str, &str) -> Option<Sample>) -> Sample {
    fn value(path: &mut String, body: &Sample, change: &mut dyn FnMut(&str, &str) -> Option<Sample>) -> Sample {
        let length = path.len();
        match body {
            Sample::Object(all) => {
                let properties = all.iter().map(|(name, inner)| {
                    if length > 0 {
                        path.push('.');
                    }
                    path.push_str(name);
                    let changed = value(path, inner, change);
                    path.truncate(length);
                    (name.clone(), changed)
                });
                Sample::Object(properties.collect())
            }
            Sample::List(all) => {
                let elements = all.iter().enumerate().map(|(index, inner)| {
                    path.push_str(&format!("[{index}]"));
                    let changed = value(path, inner, change);
                    path.truncate(length);
                    changed
                });
                Sample::List(elements.collect())
            }
            Sample::Text(text) => change(path, text).unwrap_or_else(|| body.clone()),
            Sample::Null | Sample::Bool(_) | Sample::Number(_) => body.clone(),
        }
    }
    value(&mut String::new(), body, change)
}
