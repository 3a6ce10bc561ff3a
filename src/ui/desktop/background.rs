//! Work on a thread of its own: the window goes on, hears how far it is, and leaves it off by dropping this.

use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::files::{Errand, Wanted};
use crate::work::{PART_OF_A_FRAME, Progress, Work};

/// Work that is being done elsewhere.
pub struct Background<T> {
    progress: Arc<Mutex<Option<Progress>>>,
    errand: Errand<Option<T>>,
}

impl<T: Send + 'static> Background<T> {
    /// Begins. `make` makes the work on its thread, and `then` makes of it what is waited for. `wake` is called whenever
    /// there is something to be seen.
    pub fn begin<W: Work>(
        wake: impl Fn() + Send + 'static,
        make: impl FnOnce() -> W + Send + 'static,
        then: impl FnOnce(W, &Wanted) -> T + Send + 'static,
    ) -> Self {
        let progress = Arc::new(Mutex::new(None));
        let told = Arc::clone(&progress);
        let errand = Errand::begin(move |wanted| {
            let mut work = make();
            while !work.advance(PART_OF_A_FRAME) {
                if !wanted.is_still() {
                    return None;
                }
                *held(&told) = Some(work.progress());
                wake();
            }
            Some(then(work, wanted))
        });
        Self { progress, errand }
    }

    /// How far it is, once something is done.
    pub fn progress(&self) -> Option<Progress> {
        *held(&self.progress)
    }

    /// What it came to, once, when it is over; an error where no thread does it any more.
    pub fn over(&self) -> Option<Result<T, NoThread>> {
        match self.errand.answer(Duration::ZERO) {
            Ok(Some(done)) => Some(Ok(done)),
            Err(RecvTimeoutError::Timeout) => None,
            // It is left off only by who no longer asks.
            Ok(None) | Err(RecvTimeoutError::Disconnected) => Some(Err(NoThread)),
        }
    }
}

/// There is no thread for it, or it died.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no thread does it")]
pub struct NoThread;

/// What is in the lock, whoever died with it: a number that was written whole.
fn held(progress: &Mutex<Option<Progress>>) -> MutexGuard<'_, Option<Progress>> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;
    use crate::work::Counted;

    /// Work whose parts are done when they are asked for, and which says when it goes.
    struct Parts(u64, Receiver<()>, Sender<u64>);

    impl Work for Parts {
        fn advance(&mut self, _: u64) -> bool {
            let _ = self.1.recv();
            self.0 += 1;
            self.0 == 3
        }

        fn progress(&self) -> Progress {
            Progress { of: Counted::Steps, done: self.0, total: 3 }
        }
    }

    impl Drop for Parts {
        fn drop(&mut self) {
            let _ = self.2.send(self.0);
        }
    }

    #[test]
    fn work_tells_how_far_it_is_and_goes_when_nobody_wants_it() {
        let begin = || {
            let ((ask, asked), (say, gone), (woken, wakes)) = (channel(), channel(), channel());
            let wake = move || _ = woken.send(());
            let make = move || Parts(0, asked, say);
            (Background::begin(wake, make, |work, _| work.0), ask, gone, wakes)
        };
        let (work, ask, gone, wakes) = begin();
        assert!(work.over().is_none() && work.progress().is_none());
        ask.send(()).unwrap();
        wakes.recv().unwrap();
        assert_eq!(work.progress().map(|progress| progress.done), Some(1));
        ask.send(()).unwrap();
        ask.send(()).unwrap();
        assert_eq!(gone.recv(), Ok(3));
        let over = std::iter::repeat_with(|| work.over()).find_map(|over| over);
        assert_eq!(over, Some(Ok(3)));

        let (work, ask, gone, _wakes) = begin();
        drop(work);
        ask.send(()).unwrap();
        assert_eq!(gone.recv(), Ok(1), "it goes on when nobody wants it");
    }
}
