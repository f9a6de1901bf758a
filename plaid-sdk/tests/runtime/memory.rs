//! Servers in memory, which count their requests.

use std::sync::{Arc, Mutex};

use plaid_sdk::bytes::Bytes;
use plaid_sdk::http::{Request, Response, StatusCode};
use plaid_sdk::serde_json::{self, Value};
use plaid_sdk::transport::{Limits, Transport, TransportFuture};
use plaid_sdk::{Client, Environment};

use crate::clock::TestClock;

/// The response to the n-th request, counted from 0: a body, or the code of an error.
type Answer = Box<dyn FnMut(usize, &Value) -> Result<Value, &'static str> + Send>;

/// A server in memory.
#[derive(Clone)]
pub(crate) struct Memory(Arc<Mutex<(Vec<Value>, Answer)>>);

impl Memory {
    pub(crate) fn answering(answer: impl FnMut(usize, &Value) -> Result<Value, &'static str> + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new((Vec::new(), Box::new(answer)))))
    }

    /// A client of this server, whose sleeps take no time.
    pub(crate) fn client(&self) -> Client {
        self.client_at(TestClock::default())
    }

    pub(crate) fn client_at(&self, clock: TestClock) -> Client {
        let builder = Client::builder().environment(Environment::Sandbox).credentials("client-id", "secret");
        builder.transport(self.clone()).clock(clock).build().unwrap()
    }

    /// The bodies of the requests.
    pub(crate) fn requests(&self) -> Vec<Value> {
        self.0.lock().unwrap().0.clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.0.lock().unwrap().0.len()
    }
}

impl Transport for Memory {
    fn send(&self, request: Request<Bytes>, _limits: Limits) -> TransportFuture<'_> {
        let (requests, answer) = &mut *self.0.lock().unwrap();
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        let answer = answer(requests.len(), &body);
        requests.push(body);
        let mut response = Response::new(Bytes::from(match &answer {
            Ok(body) => body.to_string(),
            Err(code) => crate::server::plaid_error("TRANSACTIONS_ERROR", code),
        }));
        *response.status_mut() = if answer.is_ok() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        Box::pin(async { Ok(response) })
    }
}
