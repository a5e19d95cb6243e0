//! The person's Cancel, as something that waiting can be raced against.

use std::sync::{Arc, Mutex, PoisonError};

use futures::channel::oneshot;
use futures::future::{Either, FutureExt, Shared, select};

use crate::failure::Failure;

/// One errand's Cancel button. Copies share it.
#[derive(Clone)]
pub struct Cancel {
    pressed: Shared<oneshot::Receiver<()>>,
    button: Arc<Mutex<Option<oneshot::Sender<()>>>>,
}

impl Cancel {
    /// A button that nobody has pressed.
    pub fn new() -> Self {
        let (sender, receiver) = oneshot::channel();
        Self {
            pressed: receiver.shared(),
            button: Arc::new(Mutex::new(Some(sender))),
        }
    }

    /// Presses it. Once is enough.
    pub fn press(&self) {
        let button = self.button.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(button) = button {
            // Nobody may be waiting for it any more; then there is nobody to tell.
            let _ = button.send(());
        }
    }

    /// Whether it was pressed.
    pub fn is_pressed(&self) -> bool {
        self.pressed.clone().now_or_never().is_some()
    }

    /// `Failure::Cancelled` once it was pressed.
    pub fn check(&self) -> Result<(), Failure> {
        if self.is_pressed() {
            Err(Failure::Cancelled)
        } else {
            Ok(())
        }
    }

    /// Waits until it is pressed.
    pub async fn pressed(&self) {
        // An error would mean that the button is gone; it lives as long as this does.
        let _ = self.pressed.clone().await;
    }

    /// Waits for `work`, but no longer than until the button is pressed.
    pub async fn or<T>(&self, work: impl Future<Output = T>) -> Result<T, Failure> {
        self.check()?;
        let work = std::pin::pin!(work);
        match select(work, self.pressed.clone()).await {
            Either::Left((done, _)) => Ok(done),
            Either::Right(_) => Err(Failure::Cancelled),
        }
    }
}

/// Two are equal when pressing one presses the other.
impl PartialEq for Cancel {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.button, &other.button)
    }
}

impl Eq for Cancel {}

impl std::fmt::Debug for Cancel {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Cancel({})", self.is_pressed())
    }
}

impl Default for Cancel {
    fn default() -> Self {
        Self::new()
    }
}
