//! Tenants as JSON: exports, snapshots, and the state file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::json;
use crate::state::Tenant;

/// The version of the format. A change of the state's types that older files don't fit raises it.
const FORMAT: u64 = 1;

/// A tenant as JSON.
///
/// # Errors
/// Never in practice: all of a tenant's types have JSON.
pub fn export(tenant: &Tenant) -> Result<Value, StoreError> {
    let tenant = serde_json::to_value(tenant).map_err(|error| StoreError::Content(error.to_string()))?;
    Ok(json!({"format": FORMAT, "tenants": [tenant]}))
}

/// The tenants of an export or a state file.
///
/// # Errors
/// For another version of the format, for JSON that an emulator did not write, and for a time that no clock has.
pub fn import(value: Value) -> Result<Vec<Tenant>, StoreError> {
    #[derive(Deserialize)]
    struct Exported {
        tenants: Vec<Tenant>,
    }
    match value.get("format").and_then(Value::as_u64) {
        Some(FORMAT) => {}
        Some(other) => return Err(StoreError::Format(other)),
        None => return Err(StoreError::Content("it has no number `format`".to_owned())),
    }
    let exported: Exported = serde_json::from_value(value).map_err(|error| StoreError::Content(error.to_string()))?;
    if exported.tenants.iter().any(|tenant| !tenant.clock.is_possible()) {
        return Err(StoreError::Content("the clock of a tenant has a time that it can't have".to_owned()));
    }
    Ok(exported.tenants)
}

/// A file that keeps the tenants over restarts.
#[derive(Clone, Debug)]
pub struct StateFile {
    path: PathBuf,
}

impl StateFile {
    /// A state file. It need not exist yet.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Reads the tenants. A file that does not exist has none.
    ///
    /// # Errors
    /// If the file can't be read or is not a whole state file. The file is left as it is.
    pub fn load(&self) -> Result<Vec<Tenant>, StoreError> {
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(self.io(error)),
        };
        let value = serde_json::from_slice(&text).map_err(|error| StoreError::Content(error.to_string()));
        value.and_then(import).map_err(|error| StoreError::File(self.path.clone(), Box::new(error)))
    }

    /// Writes the tenants. The file is replaced in one step: whatever happens, it has the old or the new content.
    ///
    /// # Errors
    /// If the file can't be written.
    pub fn save(&self, tenants: &[&Tenant]) -> Result<(), StoreError> {
        #[derive(Serialize)]
        struct Exported<'a> {
            format: u64,
            tenants: &'a [&'a Tenant],
        }
        let exported = serde_json::to_value(Exported { format: FORMAT, tenants });
        let text = json::compact(&exported.map_err(|error| StoreError::Content(error.to_string()))?);
        let mut name = self.path.as_os_str().to_owned();
        name.push(".new");
        let new = PathBuf::from(name);
        let write = || {
            let mut file = File::create(&new)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&new, &self.path)?;
            sync_folder(&self.path)
        };
        write().map_err(|error| self.io(error))
    }

    fn io(&self, error: io::Error) -> StoreError {
        StoreError::File(self.path.clone(), Box::new(StoreError::Io(error)))
    }
}

/// Makes a rename survive a crash of the machine.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => File::open(".")?.sync_all(),
    }
}

/// A state that can't be read or written.
#[derive(Debug)]
pub enum StoreError {
    /// The file can't be read or written.
    Io(io::Error),
    /// It has another version of the format.
    Format(u64),
    /// It is not the state of an emulator.
    Content(String),
    /// Any of these, in a file.
    File(PathBuf, Box<StoreError>),
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Format(version) => write!(
                f,
                "the state has format {version}, and this emulator reads format {FORMAT}. Use the emulator that wrote it, \
                 or start without it"
            ),
            Self::Content(why) => write!(f, "this is not the whole state of an emulator: {why}"),
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for StoreError {}

#[cfg(test)]
mod tests {
    use super::{StateFile, StoreError, export, import};
    use crate::bank::testing::linked;
    use serde_json::json;
    use std::fs;

    #[test]
    fn a_tenant_survives_export_and_import() {
        let (tenant, _) = linked("user_transactions_dynamic");
        let exported = export(&tenant).expect("JSON");
        let imported = import(exported.clone()).expect("a tenant");
        assert_eq!(export(&imported[0]).expect("JSON"), exported);
    }

    #[test]
    fn other_json_and_other_versions_are_refused() {
        let refused = |value| import(value).expect_err("a refusal").to_string();
        assert!(refused(json!({"format": 9})).contains("format 9"));
        assert!(refused(json!([1])).contains("no number `format`"));
        assert!(refused(json!({"format": 1, "tenants": [{}]})).contains("client_id"));
        let (tenant, _) = linked("user_good");
        let mut exported = export(&tenant).expect("JSON");
        exported["tenants"][0]["clock"] = json!({"mode": {"running": {"ahead": i64::MAX}}});
        assert!(refused(exported).contains("clock"));
    }

    #[test]
    fn a_torn_file_is_refused_and_kept() {
        let folder = std::env::temp_dir().join(format!("plaid-emulator-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("state.json");
        let file = StateFile::new(path.clone());
        assert!(file.load().expect("nothing yet").is_empty());
        let (tenant, _) = linked("user_good");
        file.save(&[&tenant]).expect("it is written");
        assert_eq!(file.load().expect("the tenant").len(), 1);

        let whole = fs::read(&path).expect("the file");
        fs::write(&path, &whole[..whole.len() / 2]).expect("torn");
        let error = file.load().expect_err("a refusal");
        assert!(matches!(&error, StoreError::File(at, _) if *at == path), "{error}");
        assert_eq!(fs::read(&path).expect("the file").len(), whole.len() / 2);
        fs::remove_dir_all(&folder).expect("cleaned up");
    }
}
