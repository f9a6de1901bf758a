//! Our own pages.

use anyhow::Result;
use plaid_catalog::Catalog;
use plaid_explorer_browser::{Browser, Page};
use serde::Deserialize;

use crate::scalar::Scalar;
use crate::{Amount, Figure};

/// How often a time is measured. The median is shown.
const ROUNDS: usize = 9;

/// The operation that has the largest request.
const LARGEST: &str = "/operations/link_token_create";

/// Reports when a page first reacts to a key: when it asks for the code of what was typed.
const FIRST_KEY: &str = "(() => {
  const real = window.fetch;
  window.fetch = (address, options) => {
    if (address === '/-/preview' && window.typed) window.handled ??= performance.now();
    return real(address, options);
  };
  const timer = setInterval(() => {
    const control = document.querySelector('#body .f[data-n=client_name] .v');
    if (window.handled) return clearInterval(timer);
    if (!control) return;
    window.typed = true;
    control.value += 'x';
    control.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }, 1);
})()";

/// The time from a key to the code that follows it.
const FOLLOWED: &str = "new Promise((done) => {
  const control = document.querySelector('#body .f[data-n=client_name] .v');
  const begin = performance.now();
  new MutationObserver((_, observer) => { observer.disconnect(); done(performance.now() - begin); })
    .observe(document.querySelector('#code'), { childList: true, subtree: true, characterData: true });
  control.value = `Acme ${Math.round(Math.random() * 1e9)}`;
  control.dispatchEvent(new InputEvent('input', { bubbles: true }));
})";

/// The time from the end of a response to its tree on the screen.
const RENDERED: &str = "new Promise((done) => {
  const calls = () => performance.getEntriesByType('resource').filter((one) => one.name.includes('/-/call/'));
  performance.clearResourceTimings();
  const tree = document.querySelector('#response .json');
  const shown = () => {
    const now = document.querySelector('#response .json');
    const [call] = calls();
    // The browser may record the end of the call only after the tree is there.
    if (!now || now === tree || !call) return requestAnimationFrame(shown);
    requestAnimationFrame(() => done(performance.now() - call.responseEnd));
  };
  const send = () => {
    const button = document.querySelector('#send');
    // It is disabled until the page knows what follows the call before.
    if (button.disabled) return requestAnimationFrame(send);
    button.click();
    requestAnimationFrame(shown);
  };
  send();
})";

/// What the browser loaded, in bytes as they were sent.
#[derive(Debug, Deserialize)]
struct Loaded {
    page: u64,
    scripts: u64,
    styles: u64,
    loaded: f64,
}

const LOADED: &str = "(() => {
  const [page] = performance.getEntriesByType('navigation');
  const all = performance.getEntriesByType('resource');
  const sum = (end) => all.filter((one) => one.name.endsWith(end)).reduce((sum, one) => sum + one.encodedBodySize, 0);
  return { page: page.encodedBodySize, scripts: sum('.js'), styles: sum('.css'), loaded: page.domContentLoadedEventEnd };
})()";

pub fn measure(browser: &Browser, url: &str, scalar: &Scalar) -> Result<Vec<Figure>> {
    let (mut weights, mut largest) = (Vec::new(), (0.0, String::new()));
    let page = browser.page(1500, 1000)?;
    for layout in Catalog::plaid().layout().operations.values() {
        page.open(&format!("{url}/operations/{}", layout.name))?;
        weights.push(page.value::<Loaded>(LOADED)?.page);
        let nodes = page.value::<f64>("document.querySelectorAll('*').length")?;
        if nodes > largest.0 {
            largest = (nodes, layout.name.clone());
        }
    }
    weights.sort_unstable();
    let worst = browser.page(1500, 1000)?;
    worst.open(&format!("{url}/operations/{}", largest.1))?;
    let nodes = worst.metric("Nodes")?;

    let one = browser.page(1500, 1000)?;
    one.open(&format!("{url}{LARGEST}"))?;
    let sizes: Loaded = one.value(LOADED)?;
    let heap = one.metric("JSHeapUsedSize")?;
    let first = opened(browser, url, None)?;
    let next = opened(browser, url, Some("/operations/accounts_get"))?;
    let followed = times(&one, FOLLOWED)?;
    let rendered = rendered(browser, url)?;
    let (bytes, time) = (|bytes: u64| Amount::Bytes(bytes as f64), Amount::Time);
    Ok(vec![
        Figure::new("operation page, gzipped, median", bytes(weights[weights.len() / 2])).at_most(bytes(15_000)),
        Figure::new("operation page, gzipped, largest", bytes(weights[weights.len() - 1])).at_most(bytes(35_000)),
        // Scalar's script is not compressed here.
        Figure::new("scripts of an operation page, gzipped", bytes(sizes.scripts))
            .at_most(bytes(25_000))
            .against(bytes(scalar.script)),
        Figure::new("styles of an operation page, gzipped", bytes(sizes.styles)).at_most(bytes(8_000)),
        Figure::new(format!("nodes of the largest page ({})", largest.1), Amount::Count(nodes))
            .at_most(Amount::Count(6500.0))
            .against(Amount::Count(scalar.nodes)),
        Figure::new("memory of scripts, link_token_create", Amount::Bytes(heap)).against(Amount::Bytes(scalar.heap)),
        Figure::new("DOMContentLoaded, from another page of the explorer", time(next.loaded)).at_most(time(100.0)),
        Figure::new("first key handled after this navigation", time(next.key)).at_most(time(150.0)),
        Figure::new("DOMContentLoaded in a new profile (Scalar: shown)", time(first.loaded))
            .against(time(scalar.shown)),
        Figure::new("first key handled in a new profile", time(first.key)),
        Figure::new("code and checks after a key", time(followed)).at_most(time(50.0)),
        Figure::new("500 transactions on the screen after the response", time(rendered)).at_most(time(200.0)),
    ])
}

/// How long it takes until a page can be used, in milliseconds after the navigation began.
struct Opened {
    /// When its document was complete.
    loaded: f64,
    /// When it reacted to a key.
    key: f64,
}

/// Opens the page with the largest request, in a new profile: as its first page, or from another one, which leaves the browser
/// the files that all pages share.
fn opened(browser: &Browser, url: &str, from: Option<&str>) -> Result<Opened> {
    let (mut loaded, mut keys) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let page = browser.page(1500, 1000)?;
        if let Some(path) = from {
            page.open(&format!("{url}{path}"))?;
            page.wait("document.querySelector('#body .f[data-n=access_token] .v')")?;
        }
        page.before_each_document(FIRST_KEY)?;
        page.open(&format!("{url}{LARGEST}"))?;
        loaded.push(page.value::<Loaded>(LOADED)?.loaded);
        page.wait("window.handled")?;
        keys.push(page.value("window.handled")?);
        // A page that stays open takes time from the next one.
        page.close()?;
    }
    Ok(Opened { loaded: median(loaded), key: median(keys) })
}

/// The time that 500 transactions take to be shown.
fn rendered(browser: &Browser, url: &str) -> Result<f64> {
    let page = browser.page(1500, 1000)?;
    page.open(&format!("{url}/operations/link_token_create"))?;
    // An Item with more than 500 trades: those of the Sandbox's user with investments.
    let token = "(async () => {
      const call = async (operation, body) => (await fetch(`/-/call/${operation}`, {
        method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ body: JSON.stringify(body) }) })).json();
      const made = await call('sandboxPublicTokenCreate', { institution_id: 'ins_109508', initial_products: ['investments'] });
      return (await call('itemPublicTokenExchange', { public_token: made.public_token })).access_token;
    })()";
    let token: String = page.value(token)?;
    page.open(&format!("{url}/operations/investments_transactions_get"))?;
    page.wait("document.querySelector('#body .f[data-n=access_token] .v')?.value")?;
    let fill = format!(
        "{{ const set = (name, text) => {{ const one = document.querySelector(`#body .f[data-n=${{name}}] .v`); one.value = text; \
         one.dispatchEvent(new InputEvent('input', {{ bubbles: true }})); }}; set('access_token', {}); set('count', '500'); \
         const day = (ago) => new Date(Date.now() - ago * 864e5).toISOString().slice(0, 10); \
         set('start_date', day(729)); set('end_date', day(0)); }}",
        serde_json::Value::from(token)
    );
    page.run(&fill)?;
    page.run("document.querySelector('#send').click()")?;
    page.wait("document.querySelector('#response .json')?.textContent.includes('investment_transactions')")?;
    times(&page, RENDERED)
}

fn times(page: &Page, script: &str) -> Result<f64> {
    let mut all = Vec::new();
    for _ in 0..ROUNDS {
        all.push(page.value(script)?);
    }
    Ok(median(all))
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}
