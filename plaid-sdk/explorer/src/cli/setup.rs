//! Where calls go, by the environment or a file.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use plaid_emulator::Emulator;
use plaid_explorer::{App, Audit, Builder, Check, Credentials, Emulated, Environment, Gateway, Remote, Switches};

use super::Cli;

/// What the program was told about Plaid.
pub enum Setup {
    /// Nothing.
    Emulator,
    /// How to call it.
    Plaid { credentials: Credentials, remote: Box<Remote> },
}

impl Setup {
    /// Reads the variables, from a file if one is given.
    pub fn read(file: Option<&Path>, environment: &dyn Fn(&str) -> Option<String>) -> Result<Self, String> {
        let from_file = file.map(variables).transpose()?;
        let place = file.map_or_else(|| "the environment".to_owned(), |file| file.display().to_string());
        let text = |name: &str| {
            let value = match &from_file {
                Some(all) => all.get(name).cloned(),
                None => environment(name),
            };
            value.filter(|value| !value.is_empty())
        };
        // The other variables may be in the environment, too.
        let open = |name: &str| text(name).or_else(|| environment(name).filter(|value| !value.is_empty()));
        let (client_id, secret) = match (text("PLAID_CLIENT_ID"), text("PLAID_SECRET")) {
            (Some(client_id), Some(secret)) => (client_id, secret),
            (Some(_), None) => return Err(half(&place, "PLAID_SECRET", "PLAID_CLIENT_ID")),
            (None, Some(_)) => return Err(half(&place, "PLAID_CLIENT_ID", "PLAID_SECRET")),
            (None, None) if file.is_some() => {
                return Err(format!(
                    "{place} has no PLAID_CLIENT_ID and no PLAID_SECRET. Write a line NAME=value for each"
                ));
            }
            (None, None) => return Ok(Self::Emulator),
        };
        let credentials = Credentials::new(&client_id, &secret)
            .map_err(|error| format!("PLAID_CLIENT_ID and PLAID_SECRET of {place}: {error}"))?;
        let (environment, url) = match open("PLAID_ENV").as_deref() {
            None | Some("sandbox") => (Environment::Sandbox, "https://sandbox.plaid.com"),
            Some("production") => (Environment::Production, "https://production.plaid.com"),
            Some(other) => {
                return Err(format!("PLAID_ENV is {other:?}, but Plaid has sandbox and production"));
            }
        };
        let url = open("PLAID_BASE_URL").unwrap_or_else(|| url.to_owned());
        let remote = Remote::new(environment, &url).map_err(|error| format!("PLAID_BASE_URL: {error}"))?;
        Ok(Self::Plaid { credentials, remote: Box::new(remote) })
    }

    /// The explorer at an address.
    pub fn app(self, cli: &Cli, audit: &Audit, url: &str) -> Result<App, String> {
        let set_up = |builder: Builder| {
            let check = match cli.check.as_str() {
                "warn" => Check::Warn,
                "off" => Check::Off,
                _ => Check::Error,
            };
            let switches = Switches { production: cli.production, money: cli.allow_money };
            let builder = builder.switches(switches).check(check).pass_credentials(cli.pass_credentials);
            builder.audit(audit.clone()).build()
        };
        match self {
            Self::Emulator => {
                let emulated = Emulated::mount(Emulator::builder(), url, names(cli));
                let emulated = emulated.map_err(|error| format!("can't start the emulator: {error}"))?;
                let gateway = set_up(Gateway::builder(emulated.clone(), Credentials::emulator()));
                Ok(App::emulated_behind(emulated, gateway))
            }
            Self::Plaid { credentials, remote } => {
                let gateway = set_up(Gateway::builder(*remote, credentials));
                if gateway.environment() == Environment::Production && !cli.production {
                    return Err(
                        "PLAID_ENV is production. Add --production to call it: its accounts and its money are real"
                            .to_owned(),
                    );
                }
                Ok(App::new(gateway))
            }
        }
    }
}

/// The names under which the explorer is opened, without ports.
fn names(cli: &Cli) -> Vec<String> {
    let bare = |host: &String| match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name.to_owned(),
        _ => host.clone(),
    };
    cli.host.iter().map(bare).chain([cli.listen.to_string()]).collect()
}

fn half(place: &str, missing: &str, given: &str) -> String {
    format!("{place} has {given} but no {missing}. Set both, or neither to use the emulator")
}

/// The variables of a file: `NAME=value` on each line, as in the `.env` of Plaid's quickstart.
fn variables(path: &Path) -> Result<HashMap<String, String>, String> {
    let place = path.display();
    private(path)?;
    let text = fs::read_to_string(path).map_err(|error| format!("can't read {place}: {error}"))?;
    let mut all = HashMap::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        // The line itself may be a secret, so the error does not show it.
        let Some((name, value)) = line.split_once('=') else {
            return Err(format!("line {} of {place} is not NAME=value", number + 1));
        };
        let name = name.trim().trim_start_matches("export ").trim_start();
        all.insert(name.to_owned(), unquoted(value.trim()).to_owned());
    }
    Ok(all)
}

fn unquoted(text: &str) -> &str {
    let inside = |quote: char| text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inside('"').or_else(|| inside('\'')).unwrap_or(text)
}

/// Refuses a file that others can read.
#[cfg(unix)]
fn private(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let place = path.display();
    let about = fs::metadata(path).map_err(|error| format!("can't read {place}: {error}"))?;
    let mode = about.permissions().mode() & 0o777;
    match mode & 0o077 {
        0 => Ok(()),
        _ => Err(format!("{place} can be used by others: its mode is {mode:04o}. Run: chmod 600 {place}")),
    }
}

/// Other systems have no such bits. A person's own folders are private there.
#[cfg(not(unix))]
fn private(_: &Path) -> Result<(), String> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Setup;
    use plaid_explorer::{Environment, Upstream as _};
    use std::path::{Path, PathBuf};

    fn read(all: &[(&str, &str)], file: Option<&Path>) -> Result<Option<Environment>, String> {
        let find = |name: &str| all.iter().find(|(one, _)| *one == name).map(|(_, value)| (*value).to_owned());
        Setup::read(file, &find).map(|setup| match setup {
            Setup::Emulator => None,
            Setup::Plaid { remote, .. } => Some(remote.environment()),
        })
    }

    fn file(name: &str, text: &str, mode: u32) -> PathBuf {
        let path = std::env::temp_dir().join(format!("plaid-explorer-{name}-{}", std::process::id()));
        std::fs::write(&path, text).expect("a file");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("a mode");
        }
        path
    }

    const ID: (&str, &str) = ("PLAID_CLIENT_ID", "0123456789abcdef01234567");
    const SECRET: (&str, &str) = ("PLAID_SECRET", "0123456789abcdef0123456789abcd");

    #[test]
    fn the_environment_decides_where_calls_go() {
        assert_eq!(read(&[], None), Ok(None));
        assert_eq!(read(&[("PLAID_CLIENT_ID", ""), ("PLAID_ENV", "sandbox")], None), Ok(None));
        assert_eq!(read(&[ID, SECRET], None), Ok(Some(Environment::Sandbox)));
        assert_eq!(read(&[ID, SECRET, ("PLAID_ENV", "production")], None), Ok(Some(Environment::Production)));
        let base = ("PLAID_BASE_URL", "http://127.0.0.1:8433");
        assert_eq!(read(&[ID, SECRET, base], None), Ok(Some(Environment::Sandbox)));
    }

    #[test]
    fn errors_say_what_to_do_and_show_no_secret() {
        for (all, wanted) in [
            (vec![ID], "PLAID_SECRET"),
            (vec![SECRET], "PLAID_CLIENT_ID"),
            (vec![ID, SECRET, ("PLAID_ENV", "development")], "sandbox and production"),
            (vec![ID, SECRET, ("PLAID_BASE_URL", "http://plaid.example")], "https"),
            (vec![ID, SECRET, ("PLAID_BASE_URL", "plaid.example")], "PLAID_BASE_URL"),
            (vec![ID, SECRET, ("PLAID_BASE_URL", "https://production.plaid.com")], "PLAID_ENV"),
            (vec![ID, ("PLAID_SECRET", "abc")], "short"),
        ] {
            let error = read(&all, None).expect_err(wanted);
            assert!(error.contains(wanted) && !error.contains(SECRET.1), "{error}");
        }
    }

    #[test]
    fn a_file_is_private_or_refused() {
        let text =
            format!("# mine\nexport PLAID_CLIENT_ID={}\nPLAID_SECRET=\"{}\"\nPLAID_ENV=production\n", ID.1, SECRET.1);
        let good = file("good", &text, 0o600);
        assert_eq!(read(&[], Some(&good)), Ok(Some(Environment::Production)));
        let bad = file("bad", &text, 0o640);
        #[cfg(unix)]
        assert!(read(&[], Some(&bad)).expect_err("others read it").contains("chmod 600"));
        let broken = file("broken", "PLAID_CLIENT_ID=x\n0123456789\n", 0o600);
        let error = read(&[], Some(&broken)).expect_err("not a variable");
        assert!(error.contains("line 2") && !error.contains("0123456789"), "{error}");
        // A secret of the environment does not fill up a file.
        let half = file("half", &format!("PLAID_CLIENT_ID={}\n", ID.1), 0o600);
        assert!(read(&[SECRET], Some(&half)).is_err());
        assert!(read(&[], Some(Path::new("/does/not/exist"))).is_err());
        for path in [good, bad, broken, half] {
            std::fs::remove_file(path).expect("removed");
        }
    }
}
