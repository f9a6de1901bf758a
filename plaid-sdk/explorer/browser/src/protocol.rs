//! The commands of Chrome's protocol that the tests send. Each answer is read as JSON.

use headless_chrome::protocol::cdp::types::Method;
use serde::Serialize;
use serde_json::Value;

macro_rules! commands {
    ($($(#[$about:meta])* $name:ident $method:literal { $($field:ident: $of:ty),* })*) => {
        $(
            $(#[$about])*
            #[derive(Debug, Serialize)]
            #[serde(rename_all = "camelCase")]
            pub struct $name { $(pub $field: $of),* }

            impl Method for $name {
                const NAME: &'static str = $method;
                type ReturnObject = Value;
            }
        )*
    };
}

commands! {
    /// Reports requests.
    ListenToNetwork "Network.enable" {}
    /// Counts nodes, time and memory.
    Measure "Performance.enable" {}
    /// What was counted.
    Metrics "Performance.getMetrics" {}
    /// Collects what is no longer used, so that only the rest is counted.
    Collect "HeapProfiler.collectGarbage" {}
    /// The size of what is shown.
    Size "Emulation.setDeviceMetricsOverride" { width: u32, height: u32, device_scale_factor: f64, mobile: bool }
    /// What the system asks for, such as a dark theme.
    Media "Emulation.setEmulatedMedia" { media: &'static str, features: Vec<Feature> }
    /// The value of an expression of JavaScript.
    Evaluate "Runtime.evaluate" { expression: String, await_promise: bool, return_by_value: bool, user_gesture: bool }
    /// A script that runs before those of a page.
    Before "Page.addScriptToEvaluateOnNewDocument" { source: String }
    /// What assistive programs get.
    Tree "Accessibility.getFullAXTree" {}
    /// A file for the control that asks for one.
    Files "DOM.setFileInputFiles" { files: Vec<String>, object_id: String }
    /// A reference to a value of JavaScript.
    Refer "Runtime.evaluate" { expression: String }
}

/// A feature of the system, as style sheets ask for it.
#[derive(Debug, Serialize)]
pub struct Feature {
    pub name: &'static str,
    pub value: &'static str,
}
