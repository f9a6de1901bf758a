//! The explorer as a process, and pages of it in a browser.

mod browser;
mod explorer;
mod page;
mod protocol;

pub use self::browser::Browser;
pub use self::explorer::Explorer;
pub use self::page::{Accessible, Page, Theme};
