//! Whether one document can follow another: of the same API, of the same version of that API, and newer.

use codegen::ir::Api;

/// What a document is, by its `info`.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// `info.title`.
    title: &'a str,
    /// `info.version`: the API's version, an underscore, the document's (`2020-09-14_1.697.4`); or the document's alone.
    version: &'a str,
}

impl<'a> Origin<'a> {
    /// Of an API that was read.
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
                "error: `{}` is no version of numbers, so that nobody can tell which document is newer",
                self.version
            )
        })
    }
}

/// Says why the second can't follow the first.
pub fn check([old, new]: [Origin<'_>; 2], allow_older: bool) -> Result<(), String> {
    if old.title != new.title {
        return Err(format!("error: this document is of `{}`, and the SDK is of `{}`", new.title, old.title));
    }
    if old.parts().0 != new.parts().0 {
        return Err(format!(
            "error: this document is of version `{}` of the API, and the SDK is of `{}`, which it sends with each call; \
             another version takes more than an update",
            new.parts().0,
            old.parts().0
        ));
    }
    if new.numbers()? < old.numbers()? && !allow_older {
        return Err(format!(
            "error: this document is older, {}, than the one that is there, {}; --allow-older takes it all the same",
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
    fn a_document_of_another_api_version_or_age_is_told_in_plain_words() {
        let told = |old, new| check([origin(old), origin(new)], false);
        assert_eq!(told("v1_1.9.0", "v1_1.10.0"), Ok(()));
        assert_eq!(told("1.9.0", "1.9.0"), Ok(()));
        assert!(told("v1_1.10.0", "v1_1.9.9").is_err_and(|said| said.contains("older, v1_1.9.9,")));
        assert_eq!(check([origin("v1_1.10.0"), origin("v1_1.9.9")], true), Ok(()));
        assert!(told("v1_1.0.0", "v2_1.0.0").is_err_and(|said| said.contains("version `v2` of the API")));
        assert!(told("v1_1.0.0", "v1_next").is_err_and(|said| said.contains("`v1_next` is no version of numbers")));
        let other = Origin { title: "Plants", version: "v1_1.0.0" };
        assert!(check([origin("v1_1.0.0"), other], true).is_err_and(|said| said.contains("of `Plants`")));
    }
}
