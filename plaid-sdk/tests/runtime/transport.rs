//! Custom transports.

use std::sync::{Arc, Mutex};

use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::http::{Request, Response, StatusCode};
use plaid_sdk::response::RawResponse;
use plaid_sdk::retry::RetryPolicy;
use plaid_sdk::transport::{Limits, Transport, TransportError, TransportErrorKind, TransportFuture};
use plaid_sdk::types::Bytes;
use plaid_sdk::{Client, Environment};

const ANY: &Operation = &Operation::new("any", Method::Post, "/any");

/// What a transport that fails in this way returns.
fn broken(kind: TransportErrorKind) -> TransportFuture<'static> {
    let mut partial = Response::new(Bytes::from_static(b"half"));
    *partial.status_mut() = StatusCode::CREATED;
    let error = TransportError::new(kind).with_source("wire cut").with_partial_response(partial);
    Box::pin(async { Err(error) })
}

/// Fails, and checks what the first attempt of a call gets.
struct Broken(TransportErrorKind);

impl Transport for Broken {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> TransportFuture<'_> {
        assert_eq!((request.uri().to_string().as_str(), limits), ("https://sandbox.plaid.com/any", Limits::default()));
        broken(self.0)
    }
}

/// Fails. An attempt has the time that earlier ones have left.
struct BrokenAgain(TransportErrorKind);

impl Transport for BrokenAgain {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> TransportFuture<'_> {
        assert_eq!(request.uri().to_string(), "https://sandbox.plaid.com/any");
        assert!(limits.timeout <= Limits::default().timeout, "{limits:?}");
        broken(self.0)
    }
}

#[tokio::test]
async fn errors_of_a_custom_transport_are_returned_unchanged() {
    use TransportErrorKind::{Body, Connect, ConnectTimeout, Other, Refused, Rejected, Timeout, Tls, TooLarge};
    for kind in [Connect, ConnectTimeout, Tls, Refused, Rejected, Timeout, Body, TooLarge, Other] {
        let builder = Client::builder().environment(Environment::Sandbox).credentials("id", "secret");
        let client = builder.transport(Broken(kind)).retry(RetryPolicy::none()).build().unwrap();
        let error = Call::<RawResponse>::new(&client, ANY).await.unwrap_err();
        assert!(error.is_transport());
        assert_eq!(error.is_connect(), matches!(kind, Connect | ConnectTimeout));
        assert_eq!(error.is_timeout(), matches!(kind, Timeout | ConnectTimeout));
        assert_eq!(error.is_tls(), kind == Tls);
        assert_eq!(error.is_body(), matches!(kind, Body | TooLarge));
        assert_eq!((error.status(), error.raw_body().unwrap().as_ref()), (Some(StatusCode::CREATED), &b"half"[..]));
        assert_eq!(error.transport_error().unwrap().kind(), kind);
        // What `Display` prints already is not printed again by who follows the sources.
        assert!(std::error::Error::source(&error).is_none() && error.to_string().matches("wire cut").count() <= 1);
    }
}

/// Writes its name down for each request, and passes it on.
struct Noting {
    name: &'static str,
    notes: Arc<Mutex<Vec<&'static str>>>,
    inner: Arc<dyn Transport>,
}

impl Transport for Noting {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> TransportFuture<'_> {
        self.notes.lock().unwrap().push(self.name);
        self.inner.send(request, limits)
    }
}

#[tokio::test(start_paused = true)]
async fn each_attempt_passes_through_all_wrapped_transports() {
    let attempts = async |kind| {
        let notes = Arc::new(Mutex::new(Vec::new()));
        let noting = |name| {
            let notes = Arc::clone(&notes);
            move |inner| Noting { name, notes, inner }
        };
        // The order of the calls of the builder does not count, but that of the wrappers does.
        let builder = Client::builder().environment(Environment::Sandbox).credentials("id", "secret");
        let builder = builder.wrap_transport(noting("inner")).wrap_transport(noting("outer"));
        let client = builder.transport(BrokenAgain(kind)).retry(RetryPolicy::default()).build().unwrap();
        let read = &const { Operation::new("any", Method::Post, "/any").idempotent() };
        let error = Call::<RawResponse>::new(&client, read).await.unwrap_err();
        let notes = notes.lock().unwrap().clone();
        (notes, error.may_have_been_carried_out())
    };
    assert_eq!(attempts(TransportErrorKind::Connect).await, (["outer", "inner"].repeat(3), false));
    // A transport that rejects a request would reject it again, and did not send it.
    assert_eq!(attempts(TransportErrorKind::Rejected).await, (vec!["outer", "inner"], false));
}
