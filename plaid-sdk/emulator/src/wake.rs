//! Tells the task in the background that something happened, and waits until it is kept.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::{Notify, watch};

/// Stands for the end of the emulator. So often nothing happens.
const STOPPED: u64 = u64::MAX;

/// Wakes the task that sends webhooks and writes the state file.
#[derive(Debug)]
pub struct Wake {
    notify: Notify,
    /// Whether there is a state file.
    keeps: bool,
    /// How often something has happened.
    happened: AtomicU64,
    /// How much of it is in the state file.
    kept: watch::Sender<u64>,
}

impl Wake {
    /// For an emulator with a state file or without one.
    pub fn new(keeps: bool) -> Self {
        Self { notify: Notify::new(), keeps, happened: AtomicU64::new(0), kept: watch::Sender::new(0) }
    }

    /// Wakes the task.
    pub fn wake(&self) {
        self.happened.fetch_add(1, Ordering::SeqCst);
        self.notify.notify_one();
    }

    /// Wakes the task and, if there is a state file, waits until it has what happened before. So a response says that its
    /// call is still known after a crash. Returns false if the emulator stopped before that.
    pub async fn kept(&self) -> bool {
        let happened = self.happened.fetch_add(1, Ordering::SeqCst) + 1;
        self.notify.notify_one();
        if !self.keeps {
            return true;
        }
        let mut kept = self.kept.subscribe();
        // The sender is part of this value, so waiting does not fail.
        kept.wait_for(|kept| *kept >= happened).await.is_ok_and(|kept| *kept != STOPPED)
    }

    /// How often something has happened. To be asked before the state is read.
    pub fn happened(&self) -> u64 {
        self.happened.load(Ordering::SeqCst)
    }

    /// Whether something has happened that is not in the state file.
    pub fn is_behind(&self) -> bool {
        self.keeps && *self.kept.borrow() < self.happened()
    }

    /// Lets nobody wait any longer: the state file is not written any more.
    pub fn stop(&self) {
        self.keep(STOPPED);
    }

    /// Notes that the state file has everything up to a number from [`Wake::happened`].
    pub fn keep(&self, happened: u64) {
        self.kept.send_replace(happened);
    }

    /// Waits until it is woken.
    pub async fn woken(&self) {
        self.notify.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::Wake;
    use std::sync::Arc;
    use std::time::Duration;

    #[tokio::test]
    async fn a_call_waits_until_it_is_kept() {
        let wake = Arc::new(Wake::new(true));
        let call = tokio::spawn({
            let wake = Arc::clone(&wake);
            async move { wake.kept().await }
        });
        wake.woken().await;
        assert!(wake.is_behind() && !call.is_finished());
        wake.keep(wake.happened());
        let kept = tokio::time::timeout(Duration::from_secs(5), call).await.expect("it ends").expect("without a panic");
        assert!(kept);
        assert!(!wake.is_behind());
    }

    #[tokio::test]
    async fn without_a_state_file_nothing_waits() {
        let wake = Wake::new(false);
        assert!(wake.kept().await && !wake.is_behind());
    }

    #[tokio::test]
    async fn a_call_that_was_not_kept_before_the_end_is_told_so() {
        let wake = Wake::new(true);
        wake.stop();
        assert!(!wake.kept().await);
    }
}
