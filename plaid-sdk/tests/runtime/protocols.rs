//! Tests that run over HTTP/1.1, and once more over HTTP/2 and TLS.

use crate::server::{PROTOCOL, Protocol};

/// Runs a test whose servers speak HTTP/2. A test starts its servers on its own thread.
pub(crate) fn speaking_http2(test: impl FnOnce()) {
    PROTOCOL.set(Protocol::Http2);
    test();
    PROTOCOL.set(Protocol::Http1);
}

/// Runs these tests once more, over HTTP/2 and TLS.
macro_rules! over_http2 {
    ($($test:ident),+ $(,)?) => {
        mod over_http2 {
            $(#[test]
            fn $test() {
                crate::protocols::speaking_http2(super::$test);
            })+
        }
    };
}
pub(crate) use over_http2;
