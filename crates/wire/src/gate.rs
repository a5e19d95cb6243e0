//! How many requests may be under way at once: halves when the service says that it is too many, recovers slowly.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::channel::oneshot;

/// Good answers in a row after which one more request is let in.
const RECOVERY: u32 = 20;

/// The gate of one service.
pub(crate) struct Gate(Mutex<State>);

struct State {
    most: usize,
    limit: usize,
    inside: usize,
    good: u32,
    /// Counts the halvings, so that requests that were under way together halve it once.
    wave: u64,
    queue: VecDeque<oneshot::Sender<Permit>>,
}

/// Leave to be inside. Leaving is dropping it.
pub(crate) struct Permit {
    gate: Arc<Gate>,
    wave: u64,
}

impl Gate {
    pub(crate) fn new(most: usize) -> Arc<Self> {
        let most = most.max(1);
        Arc::new(Self(Mutex::new(State {
            most,
            limit: most,
            inside: 0,
            good: 0,
            wave: 0,
            queue: VecDeque::new(),
        })))
    }

    /// Waits for a place inside, first come, first served.
    pub(crate) async fn enter(self: &Arc<Self>) -> Permit {
        loop {
            let (sender, receiver) = oneshot::channel();
            self.state().queue.push_back(sender);
            self.admit();
            if let Ok(permit) = receiver.await {
                return permit;
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets in whoever fits. A permit that nobody waits for any more comes back by being dropped.
    fn admit(self: &Arc<Self>) {
        loop {
            let (sender, permit) = {
                let mut state = self.state();
                if state.inside >= state.limit {
                    return;
                }
                let Some(sender) = state.queue.pop_front() else { return };
                state.inside += 1;
                (
                    sender,
                    Permit {
                        gate: Arc::clone(self),
                        wave: state.wave,
                    },
                )
            };
            // The lock is free again here: an unwanted permit is dropped at once and takes it.
            drop(sender.send(permit));
        }
    }
}

impl Permit {
    /// The service answered that too many were inside.
    pub(crate) fn too_many(&self) {
        let mut state = self.gate.state();
        if self.wave == state.wave {
            state.limit = (state.limit / 2).max(1);
            state.wave += 1;
        }
        state.good = 0;
    }

    /// The service answered.
    pub(crate) fn went_well(&self) {
        let mut state = self.gate.state();
        state.good += 1;
        if state.good >= RECOVERY && state.limit < state.most {
            state.limit += 1;
            state.good = 0;
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.gate.state().inside -= 1;
        self.gate.admit();
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    fn enter(gate: &Arc<Gate>) -> Option<Permit> {
        gate.enter().now_or_never()
    }

    #[test]
    fn no_more_than_the_cap_are_inside() {
        let gate = Gate::new(2);
        let (first, second) = (enter(&gate), enter(&gate));
        assert!(first.is_some() && second.is_some());
        assert!(enter(&gate).is_none());
        drop(first);
        assert!(
            enter(&gate).is_some(),
            "those who gave up waiting do not block the gate"
        );
    }

    #[test]
    fn one_wave_of_refusals_halves_once_and_good_answers_recover_slowly() {
        let gate = Gate::new(5);
        let inside: Vec<Permit> = (0..5).filter_map(|_| enter(&gate)).collect();
        inside.iter().for_each(Permit::too_many);
        drop(inside);
        let inside: Vec<Permit> = (0..5).filter_map(|_| enter(&gate)).collect();
        assert_eq!(inside.len(), 2);
        (0..RECOVERY).for_each(|_| inside[0].went_well());
        assert!(enter(&gate).is_some());
        drop(inside);
        assert_eq!((0..5).filter_map(|_| enter(&gate)).map(std::mem::forget).count(), 3);
    }
}
