//! An update as a stream of events.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::progress::Progress;
use super::sync::{Synced, UpdateEvent};
use crate::runtime::error::Error;

/// The pages of an update, one at a time, returned by [`UpdateCall::events`](super::UpdateCall::events). At most one page is in
/// memory.
///
/// It is a stream that ends after [`UpdateEvent::Done`] or after an error. An update that ends otherwise than with `Done` has
/// no result: discard its changes, and keep the cursor that it started from. After an error, [`next_event`](Self::next_event)
/// restarts the update. Dropping one of its futures loses nothing.
#[must_use = "an update does nothing unless an event is requested"]
pub struct UpdateEvents<R: Synced> {
    state: State<R>,
    failed: bool,
}

type Step<R> = (Box<Progress<R>>, Result<UpdateEvent<R>, Error>);

enum State<R: Synced> {
    Idle(Box<Progress<R>>),
    Busy(Pin<Box<dyn Future<Output = Step<R>> + Send>>),
    Done,
}

impl<R: Synced> UpdateEvents<R> {
    pub(super) fn new(progress: Progress<R>) -> Self {
        Self { state: State::Idle(Box::new(progress)), failed: false }
    }

    /// The next event; `None` after [`UpdateEvent::Done`].
    ///
    /// # Errors
    /// Those of the call that can't be helped by a restart; [`Error::is_pagination`] if pages contradict each other, so that
    /// the update might never end; and [`Error::is_page_limit`] if it has more pages, or takes longer, than allowed. Call it
    /// again to restart the update: if there were pages, the first event is [`UpdateEvent::Restart`].
    pub async fn next_event(&mut self) -> Result<Option<UpdateEvent<R>>, Error> {
        self.failed = false;
        poll_fn(|context| self.poll_event(context)).await.transpose()
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<UpdateEvent<R>, Error>>> {
        if self.failed {
            return Poll::Ready(None);
        }
        let mut step: Pin<Box<dyn Future<Output = Step<R>> + Send>> =
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Busy(step) => step,
                State::Idle(mut progress) => Box::pin(async move {
                    let result = progress.step().await;
                    (progress, result)
                }),
            };
        let Poll::Ready((progress, result)) = step.as_mut().poll(context) else {
            self.state = State::Busy(step);
            return Poll::Pending;
        };
        if !matches!(result, Ok(UpdateEvent::Done { .. })) {
            self.state = State::Idle(progress);
        }
        self.failed = result.is_err();
        Poll::Ready(Some(result))
    }
}

// No field is structurally pinned; the future is boxed.
impl<R: Synced> Unpin for UpdateEvents<R> {}

impl<R: Synced> Stream for UpdateEvents<R> {
    type Item = Result<UpdateEvent<R>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

impl<R: Synced> fmt::Debug for UpdateEvents<R> {
    // Requests contain tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateEvents").finish_non_exhaustive()
    }
}
