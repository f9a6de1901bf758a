//! The figures that are asked for: what each is, what it is compared with, and how good it has to be.

/// A line of the table.
pub struct Row {
    /// The name by which a benchmark writes it down.
    pub figure: &'static str,
    pub what: &'static str,
    pub unit: &'static str,
    pub peer: Option<Peer>,
    pub bar: Option<Bar>,
}

/// What somebody else's program needs for the same.
pub struct Peer {
    /// The name by which a benchmark writes it down.
    pub figure: &'static str,
    pub title: &'static str,
}

/// How good a figure has to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bar {
    AtMost(f64),
    AtLeast(f64),
    /// At most this many times the peer's figure.
    TimesPeer(f64),
    /// At least this many times the peer's figure.
    AtLeastTimesPeer(f64),
    /// At most this much more than the peer's figure.
    MoreThanPeer(f64),
}

const fn row(figure: &'static str, what: &'static str, unit: &'static str) -> Row {
    Row { figure, what, unit, peer: None, bar: None }
}

impl Row {
    const fn bar(self, bar: Bar) -> Self {
        Self { bar: Some(bar), ..self }
    }

    const fn peer(self, figure: &'static str, title: &'static str) -> Self {
        Self { peer: Some(Peer { figure, title }), ..self }
    }
}

pub const GENERATOR: &[Row] = &[
    row("generator", "generator, whole document, release", "ms").bar(Bar::AtMost(300.0)),
    row("generator.memory", "generator, peak memory", "MB"),
];

pub const DIFF: &[Row] = &[row("diff", "diff of two documents, release", "ms").bar(Bar::AtMost(400.0))];

pub const WIRE: &[Row] = &[
    row("decode.client", "decoding 500 transactions as the client", "MB/s")
        .peer("decode.derive", "serde's derive")
        .bar(Bar::AtLeastTimesPeer(1.13)),
    row("decode.slice", "decoding 500 transactions by from_slice", "MB/s").peer("decode.derive", "serde's derive"),
];

pub const CALLS: &[Row] = &[
    row("call.cpu", "a call, CPU", "µs").peer("call.cpu.reqwest", "bare reqwest").bar(Bar::MoreThanPeer(4.0)),
    row("call.allocations", "a call, allocations", "").peer("call.allocations.reqwest", "bare reqwest"),
    row("call.rate", "64 calls in flight", "calls/s").peer("call.rate.reqwest", "bare reqwest"),
];

pub const COMPILE: &[Row] = &[
    row("check full s", "cargo check of the SDK, CPU", "s").peer("check plaid s", PLAID).bar(Bar::TimesPeer(0.2)),
    row("check full MB", "cargo check of the SDK, memory", "MB")
        .peer("check plaid MB", PLAID)
        .bar(Bar::TimesPeer(0.3334)),
    row("check three s", "cargo check, three products, CPU", "s").peer("check plaid s", PLAID),
    row("build full s", "cargo build of the SDK, CPU", "s").peer("build plaid s", PLAID).bar(Bar::TimesPeer(0.125)),
    row("build full MB", "cargo build of the SDK, memory", "MB").peer("build plaid MB", PLAID),
    row("doc full s", "cargo doc of the SDK, CPU", "s").peer("doc plaid s", PLAID),
];

/// These are measured in release builds, so not with `--quick`.
pub const RELEASE: &[Row] = &[
    row("build --release full s", "cargo build --release of the SDK, CPU", "s").peer("build --release plaid s", PLAID),
    row("application.size", "an application, release, stripped", "MB")
        .peer("application.size.hand", "by hand")
        .bar(Bar::TimesPeer(1.09)),
];

const PLAID: &str = "plaid 9.0.1";

pub const CHECK: &[Row] = &[row("check.body", "check of a full /link/token/create", "µs")
    .peer("check.body.jsonschema", "jsonschema")
    .bar(Bar::AtMost(50.0))];

pub const CATALOG: &[Row] = &[
    row("catalog.dev", "catalog, first call, dev", "ms").bar(Bar::AtMost(150.0)),
    row("catalog.release", "catalog, first call, release", "ms").bar(Bar::AtMost(30.0)),
    row("query.dev", "slowest query, dev", "ms").bar(Bar::AtMost(2.0)),
    row("query.release", "slowest query, release", "ms").bar(Bar::AtMost(2.0)),
];

pub const EMULATOR: &[Row] = &[
    row("emulator.start.dev", "emulator, start, dev", "ms").bar(Bar::AtMost(300.0)),
    row("emulator.start.release", "emulator, start, release", "ms").bar(Bar::AtMost(50.0)),
    row("emulator.first.dev", "emulator, start and first response, dev", "ms"),
    row("emulator.first.release", "emulator, start and first response, release", "ms"),
    row("emulator.memory.dev", "emulator after a response, dev", "MB").bar(Bar::AtMost(60.0)),
    row("emulator.memory.release", "emulator after a response, release", "MB").bar(Bar::AtMost(60.0)),
];

pub const GATEWAY: &[Row] = &[
    row("gateway.cpu", "gateway, CPU of a call", "µs")
        .peer("gateway.cpu.proxy", "plain axum proxy")
        .bar(Bar::TimesPeer(1.5)),
    row("gateway.response", "gateway, memory for an endless response", "MB").bar(Bar::AtMost(20.0)),
    row("gateway.request", "gateway, memory for an endless request", "MB").bar(Bar::AtMost(20.0)),
    row("gateway.search", "gateway, search for the secret", "MB/s").bar(Bar::AtLeast(500.0)),
];

pub const PAGES: &[Row] = &[
    row("page.median", "page of an operation, gzip, median", "KB").bar(Bar::AtMost(15.0)),
    row("page.worst", "page of an operation, gzip, largest", "KB").bar(Bar::AtMost(35.0)),
    row("page.scripts", "scripts that a page of an operation loads, gzip", "KB").bar(Bar::AtMost(25.0)),
    row("page.styles", "styles that a page of an operation loads, gzip", "KB").bar(Bar::AtMost(8.192)),
];
