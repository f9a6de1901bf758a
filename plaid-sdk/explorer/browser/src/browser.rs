//! A browser without a window.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use headless_chrome::LaunchOptions;

use crate::page::Page;

/// What keeps Chromium from calling its maker's servers.
const QUIET: [&str; 4] = ["--disable-quic", "--disable-component-update", "--disable-domain-reliability", "--no-pings"];

/// Keeps no page that was left for the way back. Each of a thousand pages would be kept for some time, whole.
const FORGETFUL: &str = "--disable-back-forward-cache";

/// A running Chromium.
pub struct Browser {
    chrome: headless_chrome::Browser,
}

impl Browser {
    /// Starts the Chromium that `CHROMIUM` names, or Debian's.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn start() -> Result<Self> {
        let path = std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
        let options = LaunchOptions {
            path: Some(path),
            // Chromium refuses its sandbox to root, who runs the tests on most machines of CI.
            sandbox: false,
            args: QUIET.into_iter().chain([FORGETFUL]).map(OsStr::new).collect(),
            idle_browser_timeout: Duration::from_secs(600),
            ..LaunchOptions::default()
        };
        Ok(Self { chrome: headless_chrome::Browser::new(options)? })
    }

    /// Opens an empty page of a size, in a profile of its own: no other page's storage, cookies or cache.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn page(&self, width: u32, height: u32) -> Result<Page> {
        let context = self.chrome.new_context()?;
        Page::new(context.new_tab()?, width, height)
    }
}
