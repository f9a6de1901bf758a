#![doc = include_str!("../README.md")]

#[cfg(any(feature = "mcp", feature = "pages"))]
mod app;
#[cfg(feature = "pages")]
mod assets;
#[cfg(feature = "emulator")]
mod emulated;
#[cfg(feature = "pages")]
mod form;
#[cfg(feature = "gateway")]
mod gateway;
#[cfg(feature = "pages")]
mod gzip;
#[cfg(any(feature = "mcp", feature = "pages"))]
mod handles;
#[cfg(feature = "mcp")]
mod mcp;
#[cfg(feature = "pages")]
mod memory;
#[cfg(feature = "pages")]
mod pages;
#[cfg(feature = "pages")]
mod routes;
#[cfg(feature = "pages")]
mod sequence;
#[cfg(feature = "pages")]
mod webhook_token;
#[cfg(feature = "pages")]
mod work;

#[cfg(any(feature = "mcp", feature = "pages"))]
pub use self::app::App;
#[cfg(feature = "emulator")]
pub use self::emulated::Emulated;
#[cfg(feature = "gateway")]
pub use self::gateway::{
    Audit, Builder, Call, Check, Credentials, CredentialsError, Environment, Gateway, Guard, Guarded,
    Limits as GatewayLimits, Remote, Switches, Table, Token, TokenError, Upstream, UpstreamError, serve,
};
#[cfg(any(feature = "mcp", feature = "pages"))]
pub use self::handles::{Caller, Handles, HideError, Limits, Lost, is_handle, without_personal};
#[cfg(feature = "mcp")]
pub use self::mcp::{Mcp, McpOptions};
#[cfg(feature = "pages")]
pub use self::pages::{ExportError, export};
