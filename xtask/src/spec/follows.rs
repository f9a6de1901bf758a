//! Whether one document can replace another: same API, same version of it, and newer.

use codegen::api_model::Api;

/// The identity of a document, from its `info`.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// `info.title`.
    title: &'a str,
    /// `info.version`: the API's version, an underscore, the document's (`2020-09-14_1.697.4`); or the document's alone.
    version: &'a str,
}

impl<'a> Origin<'a> {
    /// Of an API.
    pub fn of(api: &'a Api) -> Self {
        Self { title: &api.title, version: &api.version }
    }

    fn parts(self) -> (&'a str, &'a str) {
        self.version.split_once('_').unwrap_or(("", self.version))
    }

    fn numbers(self) -> Result<Vec<u64>, String> {
        let numbers: Result<Vec<u64>, _> = self.parts().1.split('.').map(str::parse).collect();
        numbers.map_err(|_| {
            format!(
                "error: the version `{}` has parts that are not numbers, so the two documents' order is unknown",
                self.version
            )
        })
    }
}

/// Fails with the reason why the second can't replace the first.
pub fn check([old, new]: [Origin<'_>; 2], allow_older: bool) -> Result<(), String> {
    if old.title != new.title {
        return Err(format!("error: this document describes `{}`, and the SDK is for `{}`", new.title, old.title));
    }
    if old.parts().0 != new.parts().0 {
        return Err(format!(
            "error: this document is for version `{}` of the API, and the SDK is for `{}`, which it sends with each call; \
             a change of the version takes more than `spec update`",
            new.parts().0,
            old.parts().0
        ));
    }
    if new.numbers()? < old.numbers()? && !allow_older {
        return Err(format!(
            "error: this document, {}, is older than the current one, {}; pass --allow-older to import it",
            new.version, old.version
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn origin(version: &str) -> Origin<'_> {
        Origin { title: "Pets", version }
    }

    #[test]
    fn a_document_of_another_api_or_version_or_an_older_one_is_an_error() {
        let told = |old, new| check([origin(old), origin(new)], false);
        assert_eq!(told("v1_1.9.0", "v1_1.10.0"), Ok(()));
        assert_eq!(told("1.9.0", "1.9.0"), Ok(()));
        assert!(told("v1_1.10.0", "v1_1.9.9").is_err_and(|said| said.contains("v1_1.9.9, is older")));
        assert_eq!(check([origin("v1_1.10.0"), origin("v1_1.9.9")], true), Ok(()));
        assert!(told("v1_1.0.0", "v2_1.0.0").is_err_and(|said| said.contains("version `v2` of the API")));
        assert!(
            told("v1_1.0.0", "v1_next").is_err_and(|said| said.contains("`v1_next` has parts that are not numbers"))
        );
        let other = Origin { title: "Plants", version: "v1_1.0.0" };
        assert!(check([origin("v1_1.0.0"), other], true).is_err_and(|said| said.contains("describes `Plants`")));
    }
}
