//! One explorer and one browser for the tests that run at a time. Each page has storage of its own.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use anyhow::Result;
use plaid_explorer_browser::{Browser, Explorer, Page};

/// What tests share. Both processes end with the last test that uses them; a static would leave them behind.
pub struct Setup {
    explorer: Explorer,
    browser: Browser,
}

impl Setup {
    /// What runs, or a new one.
    pub fn shared() -> Result<Arc<Self>> {
        static SHARED: Mutex<Weak<Setup>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(setup) = shared.upgrade() {
            return Ok(setup);
        }
        let setup = Arc::new(Self::own()?);
        *shared = Arc::downgrade(&setup);
        Ok(setup)
    }

    /// An explorer and a browser that no other test uses: for tests of what earlier calls leave behind, and for tests that make
    /// the demo data, whose calls use up what another test has ordered.
    pub fn own() -> Result<Self> {
        Ok(Self { explorer: Explorer::start(&[])?, browser: Browser::start()? })
    }

    /// The address of the explorer, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.explorer.url
    }

    /// A page of the explorer, of the size of a notebook.
    pub fn open(&self, path: &str) -> Result<Page> {
        let page = self.browser.page(1500, 1000)?;
        page.open(&format!("{}{path}", self.explorer.url))?;
        Ok(page)
    }
}
