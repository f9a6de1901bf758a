//! Values that follow from others in the same object: `cash + lots[].price * lots[].count - fees`.
//!
//! A term is a product of paths; in a product, paths into the same list are taken element by element. `count(list)` is the
//! length of a list.

use api_model::Sample;

use super::decimal::Decimal;

/// The value of an expression for an object. Properties that are not set count as zero. Returns `None` if none is set, or if
/// the expression is not valid.
pub(super) fn value(expression: &str, object: &Sample) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    let mut is_set = false;
    for (sign, term) in terms(expression) {
        if let Some(value) = product(&term, object)? {
            is_set = true;
            sum = sum.add(if sign { value.negated()? } else { value })?;
        }
    }
    is_set.then_some(sum)
}

/// The terms, each with whether it is subtracted.
fn terms(expression: &str) -> Vec<(bool, String)> {
    let mut terms = vec![(false, String::new())];
    for word in expression.split_whitespace() {
        match word {
            "+" => terms.push((false, String::new())),
            "-" => terms.push((true, String::new())),
            word => {
                if let Some((_, term)) = terms.last_mut() {
                    term.push_str(word);
                }
            }
        }
    }
    terms
}

/// The outer `None` is an invalid term, the inner one a term of which a property is not set.
fn product(term: &str, object: &Sample) -> Option<Option<Decimal>> {
    let mut columns: Vec<Vec<Decimal>> = Vec::new();
    for factor in term.split('*') {
        let counted = factor.strip_prefix("count(").and_then(|path| path.strip_suffix(')'));
        if let Some(path) = counted {
            let Some(Sample::List(all)) = walk(object, path).into_iter().next() else { return Some(None) };
            columns.push(vec![Decimal::parse(&all.len().to_string())?]);
            continue;
        }
        let found = walk(object, factor);
        let numbers = found.into_iter().filter_map(|sample| match sample {
            Sample::Number(digits) | Sample::Text(digits) => Some(Decimal::parse(digits)),
            _ => None,
        });
        columns.push(numbers.collect::<Option<_>>()?);
    }
    let rows = columns.iter().map(Vec::len).max()?;
    if columns.iter().any(Vec::is_empty) {
        return Some(None);
    }
    let mut sum = Decimal::ZERO;
    for row in 0..rows {
        let mut value: Option<Decimal> = None;
        for column in &columns {
            // One value, such as a rate, is for all elements.
            let factor = *column.get(row).or(column.first().filter(|_| column.len() == 1))?;
            value = Some(value.map_or(Some(factor), |value| value.times(factor))?);
        }
        sum = sum.add(value?)?;
    }
    Some(Some(sum))
}

/// The values at a path such as `lines[].price`.
fn walk<'a>(sample: &'a Sample, path: &str) -> Vec<&'a Sample> {
    let mut found = vec![sample];
    for step in path.split('.') {
        let (name, each) = match step.strip_suffix("[]") {
            Some(name) => (name, true),
            None => (step, false),
        };
        found = found.into_iter().filter_map(|sample| sample.get(name)).collect();
        if each {
            let elements = found.into_iter().flat_map(|sample| match sample {
                Sample::List(all) => all.iter().collect(),
                _ => Vec::new(),
            });
            found = elements.collect();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::value;
    use api_model::Sample;

    fn number(digits: &str) -> Sample {
        Sample::Number(digits.to_owned())
    }

    fn order() -> Sample {
        let line = |price: &str, count: &str| {
            Sample::Object(vec![("price".to_owned(), number(price)), ("count".to_owned(), number(count))])
        };
        Sample::Object(vec![
            ("shipping".to_owned(), Sample::Text("4.90".to_owned())),
            ("lines".to_owned(), Sample::List(vec![line("0.10", "3"), line("2.50", "1")])),
            ("name".to_owned(), Sample::Text("Ada".to_owned())),
            ("empty".to_owned(), Sample::Null),
        ])
    }

    fn digits(expression: &str) -> Option<String> {
        value(expression, &order()).map(super::Decimal::digits)
    }

    #[test]
    fn sums_products_and_counts() {
        assert_eq!(digits("lines[].price").as_deref(), Some("2.60"));
        assert_eq!(digits("lines[].price * lines[].count").as_deref(), Some("2.80"));
        assert_eq!(digits("shipping + lines[].price - lines[].count").as_deref(), Some("3.50"));
        assert_eq!(digits("count(lines)").as_deref(), Some("2"));
    }

    #[test]
    fn what_is_not_set_is_zero() {
        assert_eq!(digits("shipping + discount - empty").as_deref(), Some("4.90"));
        assert_eq!(digits("discount"), None);
        assert_eq!(digits("name"), None, "not a number");
        assert_eq!(digits(""), None);
    }
}
