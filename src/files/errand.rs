//! Work that may never end, such as reading from a folder of a network that is gone: on a thread of its own.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// Work that somebody was sent to do. It is called off by dropping this: whoever is still away then is not waited for.
#[derive(Debug)]
pub struct Errand<T> {
    answer: Receiver<T>,
    /// What [`Wanted`] looks at.
    _waiting: Arc<()>,
}

/// Whether somebody waits for an errand. Work that nobody wants any more does nothing that would be seen.
#[derive(Clone, Debug)]
pub struct Wanted(Weak<()>);

impl Wanted {
    /// Whether it has not been called off so far.
    pub fn is_still(&self) -> bool {
        self.0.strong_count() > 0
    }
}

impl<T: Send + 'static> Errand<T> {
    /// Begins.
    pub fn begin(work: impl FnOnce(&Wanted) -> T + Send + 'static) -> Self {
        let (say, answer) = channel();
        let waiting = Arc::new(());
        let wanted = Wanted(Arc::downgrade(&waiting));
        // If there can be no thread the channel is closed, which is an answer.
        let _ = std::thread::Builder::new().name("errand".to_owned()).spawn(move || {
            // Nobody may be waiting any more.
            let _ = say.send(work(&wanted));
        });
        Self { answer, _waiting: waiting }
    }

    /// What came of it, once, if it comes within `patience`.
    ///
    /// # Errors
    /// It takes longer, or the work will never be done.
    pub fn answer(&self, patience: Duration) -> Result<T, RecvTimeoutError> {
        self.answer.recv_timeout(patience)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_once_and_work_that_never_ends_holds_up_nobody() {
        let errand = Errand::begin(|_| 7);
        assert_eq!(errand.answer(Duration::from_secs(60)), Ok(7));
        assert_eq!(errand.answer(Duration::from_secs(60)), Err(RecvTimeoutError::Disconnected));
        let (end, ends) = channel::<()>();
        let (say, said) = channel();
        let endless = Errand::begin(move |wanted| {
            let _ = ends.recv();
            let _ = say.send(wanted.is_still());
        });
        assert_eq!(endless.answer(Duration::ZERO), Err(RecvTimeoutError::Timeout));
        drop(endless);
        drop(end);
        assert_eq!(said.recv_timeout(Duration::from_secs(60)), Ok(false));
    }
}
