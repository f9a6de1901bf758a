//! Reads our own files, and reports all mistakes in them at once.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::shape::{ERRORS, FIXUPS, GLOSSARY, SDK, TEXTS_OF_A_MODULE};
use super::{Errors, Fixup, Fixups, Glossary, ModuleTexts, Sdk, Texts, check};
use crate::diag::{Pointer, Report};
use crate::grammar::check::Check;
use crate::grammar::{Path, Shape};
use crate::source::Source;

impl Sdk {
    /// Reads `sdk.yaml`. Returns `None` if there is an error in it; the report contains it.
    pub fn read(source: &Source, report: &mut Report) -> Option<Self> {
        let mut own = Report::default();
        let sdk = typed::<Self>(source, Shape::Object(&SDK), &mut own).map(|mut sdk| {
            sdk.file.clone_from(&source.name);
            check::sdk(&sdk, &mut own);
            sdk
        });
        finish(sdk, &own, report)
    }
}

impl Fixups {
    /// Reads `fixups.yaml`. Returns `None` if there is an error in it; the report contains it.
    pub fn read(source: &Source, report: &mut Report) -> Option<Self> {
        let mut own = Report::default();
        let fixups = typed::<Vec<Fixup>>(source, FIXUPS, &mut own).map(|all| {
            let fixups = Self { file: source.name.clone(), all };
            check::fixups(&fixups, &mut own);
            fixups
        });
        finish(fixups, &own, report)
    }
}

impl Errors {
    /// Reads `errors.yaml`. Returns `None` if there is an error in it; the report contains it.
    pub fn read(source: &Source, report: &mut Report) -> Option<Self> {
        let mut own = Report::default();
        let errors = typed::<Self>(source, Shape::Object(&ERRORS), &mut own);
        let errors = errors.map(|errors| Self { file: source.name.clone(), ..errors });
        finish(errors, &own, report)
    }
}

impl Texts {
    /// Reads the files of `docs`. Returns `None` if there is an error in them; the report contains it.
    pub fn read(sources: &[Source], report: &mut Report) -> Option<Self> {
        let mut own = Report::default();
        let mut texts = Self::default();
        for source in sources {
            let name = stem(&source.name);
            if name == GLOSSARY_NAME {
                let read = typed::<Glossary>(source, Shape::Object(&GLOSSARY), &mut own);
                texts.glossary = read.map(|read| Glossary { file: source.name.clone(), ..read });
            } else {
                let read = typed::<ModuleTexts>(source, Shape::Object(&TEXTS_OF_A_MODULE), &mut own);
                let (file, module) = (source.name.clone(), name.to_owned());
                texts.modules.extend(read.map(|read| ModuleTexts { file, module, ..read }));
            }
        }
        finish(Some(texts), &own, report)
    }
}

/// The glossary's file, without the ending.
const GLOSSARY_NAME: &str = "glossary";

/// A file's name without folder and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".yaml").unwrap_or(name)
}

/// Reads a data file of a shape. Returns `None` if there is an error in it; the report contains it.
pub(crate) fn typed<T: DeserializeOwned>(source: &Source, shape: Shape, report: &mut Report) -> Option<T> {
    let mut no_reference = |_: &Path<'_>, _: &_, _: &str, _: &mut Report| {};
    let mut check = Check { file: &source.name, report, mistakes: None, on_reference: &mut no_reference };
    check.node(&source.value, shape, &Path::ROOT);
    if report.has_errors() {
        return None;
    }
    match deserialize(&source.value) {
        Ok(read) => Some(read),
        Err(error) => {
            // the table and the types agree, so this would be a bug in the generator; report it rather than hide it
            report.error(&source.name, &Pointer::root(), format!("this file can't be read: {error}"), "");
            None
        }
    }
}

fn deserialize<'a, T: Deserialize<'a>>(value: &'a Value) -> Result<T, serde_yaml::Error> {
    T::deserialize(value)
}

fn finish<T>(read: Option<T>, own: &Report, report: &mut Report) -> Option<T> {
    own.findings().iter().for_each(|finding| report.add(finding.clone()));
    read.filter(|_| !own.has_errors())
}
