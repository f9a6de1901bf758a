//! A page, as a person uses it: what it shows, what it tells assistive programs, and what it asks the network for.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use headless_chrome::Tab;
use headless_chrome::browser::tab::ModifierKey;
use headless_chrome::protocol::cdp::types::Event;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::protocol::{
    Before, Collect, Evaluate, Feature, Files, ListenToNetwork, Measure, Media, Metrics, Refer, Size, Tree,
};

/// How long a page may take for anything that a test waits for.
const PATIENCE: Duration = Duration::from_secs(20);

/// The colours that the system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

/// A node of the tree for assistive programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accessible {
    /// What it is: `button`.
    pub role: String,
    /// What it is called.
    pub name: String,
}

/// An open page.
pub struct Page {
    tab: Arc<Tab>,
    heard: Arc<Mutex<Heard>>,
}

/// What the browser reported.
#[derive(Debug, Default)]
struct Heard {
    requests: Vec<String>,
    complaints: Vec<String>,
}

impl Page {
    pub(crate) fn new(tab: Arc<Tab>, width: u32, height: u32) -> Result<Self> {
        tab.set_default_timeout(PATIENCE);
        let heard = Arc::new(Mutex::new(Heard::default()));
        let listening = Arc::clone(&heard);
        tab.add_event_listener(Arc::new(move |event: &Event| listen(&listening, event)))?;
        tab.call_method(ListenToNetwork {})?;
        tab.call_method(Measure {})?;
        tab.enable_log()?.enable_runtime()?;
        let page = Self { tab, heard };
        page.resize(width, height)?;
        Ok(page)
    }

    /// Changes the size of what is shown.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.tab.call_method(Size { width, height, device_scale_factor: 1.0, mobile: false })?;
        Ok(())
    }

    /// Lets the system ask for a theme.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn theme(&self, theme: Theme) -> Result<()> {
        let value = if theme == Theme::Dark { "dark" } else { "light" };
        self.media("screen", vec![Feature { name: "prefers-color-scheme", value }])
    }

    /// Shows the page as it is printed.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn printed(&self) -> Result<()> {
        self.media("print", Vec::new())
    }

    fn media(&self, media: &'static str, features: Vec<Feature>) -> Result<()> {
        self.tab.call_method(Media { media, features })?;
        Ok(())
    }

    /// Opens an address and waits until the page and its modules are there.
    ///
    /// # Errors
    /// If the page does not load.
    pub fn open(&self, url: &str) -> Result<()> {
        // The document that is there is marked, to tell it from the next one.
        self.value::<()>("void (document.isOld = true)")?;
        self.tab.navigate_to(url).with_context(|| format!("{url} did not load"))?;
        self.wait("!document.isOld && document.readyState === 'complete'")
    }

    /// Closes the page: its scripts end.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn close(self) -> Result<()> {
        self.tab.close(false)?;
        Ok(())
    }

    /// The value of an expression of JavaScript. A promise is awaited.
    ///
    /// # Errors
    /// If the expression throws, or has a value of another type.
    pub fn value<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        let command = Evaluate {
            expression: expression.to_owned(),
            await_promise: true,
            return_by_value: true,
            user_gesture: false,
        };
        let mut answer = self.tab.call_method(command)?;
        let about: String = expression.chars().take(400).collect();
        if let Some(thrown) = answer.get("exceptionDetails") {
            bail!("{about} throws {thrown}");
        }
        let value = answer.pointer_mut("/result/value").map(Value::take).unwrap_or_default();
        serde_json::from_value(value).with_context(|| format!("{about} has another type"))
    }

    /// Runs a script before those of each page that is opened from now on.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn before_each_document(&self, script: &str) -> Result<()> {
        self.tab.call_method(Before { source: script.to_owned() })?;
        Ok(())
    }

    /// Runs a script in the page.
    ///
    /// # Errors
    /// If it throws.
    pub fn run(&self, script: &str) -> Result<()> {
        self.value(&format!("{script}\n;null"))
    }

    /// Waits until an expression is true.
    ///
    /// # Errors
    /// If it is not true after some seconds; the text of the page is in the error.
    pub fn wait(&self, expression: &str) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        loop {
            // While a page loads, there may be no document to ask.
            if self.value::<bool>(&format!("Boolean({expression})")).unwrap_or(false) {
                return Ok(());
            }
            if Instant::now() > end {
                let shown: String = self.value("document.body.innerText").unwrap_or_default();
                bail!("waited in vain for {expression} at {}; the page shows:\n{shown}", self.tab.get_url());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The address that the browser shows.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn address(&self) -> Result<String> {
        self.value("location.href")
    }

    /// Presses a key: `Enter`, `Tab`, `a`.
    ///
    /// # Errors
    /// If there is no such key.
    pub fn press(&self, key: &str) -> Result<()> {
        self.tab.press_key(key)?;
        Ok(())
    }

    /// Presses a key while Ctrl is held.
    ///
    /// # Errors
    /// If there is no such key.
    pub fn press_with_ctrl(&self, key: &str) -> Result<()> {
        self.tab.press_key_with_modifiers(key, Some(&[ModifierKey::Ctrl]))?;
        Ok(())
    }

    /// Presses a key while Shift is held.
    ///
    /// # Errors
    /// If there is no such key.
    pub fn press_with_shift(&self, key: &str) -> Result<()> {
        self.tab.press_key_with_modifiers(key, Some(&[ModifierKey::Shift]))?;
        Ok(())
    }

    /// Types a text into what has the focus, key by key.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn write(&self, text: &str) -> Result<()> {
        self.tab.type_str(text)?;
        Ok(())
    }

    /// Clicks on the first element that a selector finds.
    ///
    /// # Errors
    /// If there is none that can be seen.
    pub fn click(&self, selector: &str) -> Result<()> {
        let found = self.tab.wait_for_element(selector).with_context(|| format!("no {selector}"))?;
        found.scroll_into_view()?;
        found.click().with_context(|| format!("{selector} can't be clicked"))?;
        Ok(())
    }

    /// Chooses a file for the control that a selector finds.
    ///
    /// # Errors
    /// If there is no such control.
    pub fn choose_file(&self, selector: &str, file: &Path) -> Result<()> {
        let expression = format!("document.querySelector({})", serde_json::to_string(selector)?);
        let answer = self.tab.call_method(Refer { expression })?;
        let id =
            answer.pointer("/result/objectId").and_then(Value::as_str).with_context(|| format!("no {selector}"))?;
        let files = vec![file.to_string_lossy().into_owned()];
        self.tab.call_method(Files { files, object_id: id.to_owned() })?;
        Ok(())
    }

    /// What assistive programs get, without what is hidden from them.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn accessible(&self) -> Result<Vec<Accessible>> {
        let tree = self.tab.call_method(Tree {})?;
        let nodes = tree.get("nodes").and_then(Value::as_array).context("a tree has nodes")?;
        let text = |node: &Value, at: &str| node.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned();
        let shown = nodes.iter().filter(|node| node.get("ignored") != Some(&Value::Bool(true)));
        Ok(shown.map(|node| Accessible { role: text(node, "/role/value"), name: text(node, "/name/value") }).collect())
    }

    /// A figure that the browser counts: `Nodes`, `JSHeapUsedSize`. What is no longer used does not count.
    ///
    /// # Errors
    /// If it does not count this.
    pub fn metric(&self, name: &str) -> Result<f64> {
        self.tab.call_method(Collect {})?;
        let answer = self.tab.call_method(Metrics {})?;
        let metrics = answer.get("metrics").and_then(Value::as_array).context("there are metrics")?;
        let found = metrics.iter().find(|metric| metric.get("name").and_then(Value::as_str) == Some(name));
        found.and_then(|metric| metric.get("value")?.as_f64()).with_context(|| format!("no metric {name}"))
    }

    /// Writes a picture of what is shown, as PNG.
    ///
    /// # Errors
    /// If the file can't be written.
    pub fn picture(&self, file: &Path) -> Result<()> {
        use headless_chrome::protocol::cdp::Page::CaptureScreenshotFormatOption::Png;
        let bytes = self.tab.capture_screenshot(Png, None, None, true)?;
        fs::write(file, bytes).with_context(|| file.display().to_string())
    }

    /// The addresses that were requested, in order.
    pub fn requests(&self) -> Vec<String> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).requests.clone()
    }

    /// What the browser complained about: violations of the policy, errors of scripts, files that are missing.
    pub fn complaints(&self) -> Vec<String> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).complaints.clone()
    }
}

fn listen(heard: &Mutex<Heard>, event: &Event) {
    let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
    match event {
        Event::NetworkRequestWillBeSent(event) => heard.requests.push(event.params.request.url.clone()),
        Event::LogEntryAdded(event) => {
            let entry = &event.params.entry;
            heard.complaints.push(format!("{:?}: {} {}", entry.level, entry.text, entry.url.as_deref().unwrap_or("")));
        }
        Event::RuntimeExceptionThrown(event) => {
            let details = &event.params.exception_details;
            let thrown = details.exception.as_ref().and_then(|exception| exception.description.as_deref());
            heard.complaints.push(format!("{} {}", details.text, thrown.unwrap_or_default()));
        }
        _ => {}
    }
}
