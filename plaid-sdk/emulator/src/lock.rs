//! Locking.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks. A panic in another call does not make the value useless.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
