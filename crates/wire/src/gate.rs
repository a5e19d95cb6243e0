//! How many requests may be under way at once: a quarter fewer when the service says that it is too many, one more
//! after a row of good answers. The row is short at first, since most refusals are passing, and twice as long each time
//! that the one more was refused at once: then somebody else needs the place for longer.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::channel::oneshot;

/// Good answers in a row after which one more request is let in, and the longest row that is asked for.
const RECOVERY: u32 = 5;
const LONGEST_RECOVERY: u32 = 640;

/// The gate of one service.
pub(crate) struct Gate(Mutex<State>);

struct State {
    most: usize,
    limit: usize,
    inside: usize,
    good: u32,
    /// How many good answers let one more in.
    recovery: u32,
    /// One more was let in, and has not stood for as many good answers yet.
    on_trial: bool,
    /// Counts the reductions, so that requests that were under way together cause one.
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
            recovery: RECOVERY,
            on_trial: false,
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
            state.limit = (state.limit - (state.limit / 4).max(1)).max(1);
            state.wave += 1;
            if state.on_trial {
                state.recovery = (state.recovery * 2).min(LONGEST_RECOVERY);
            }
            state.on_trial = false;
        }
        state.good = 0;
    }

    /// The service answered.
    pub(crate) fn went_well(&self) {
        let mut state = self.gate.state();
        state.good += 1;
        if state.good < state.recovery {
            return;
        }
        state.good = 0;
        if state.on_trial {
            state.on_trial = false;
            state.recovery = (state.recovery / 2).max(RECOVERY);
        }
        if state.limit < state.most {
            state.limit += 1;
            state.on_trial = true;
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
    fn one_wave_of_refusals_takes_one_quarter_and_good_answers_recover_it() {
        let gate = Gate::new(5);
        let inside: Vec<Permit> = (0..5).filter_map(|_| enter(&gate)).collect();
        inside.iter().for_each(Permit::too_many);
        drop(inside);
        let inside: Vec<Permit> = (0..5).filter_map(|_| enter(&gate)).collect();
        assert_eq!(inside.len(), 4);
        (0..RECOVERY).for_each(|_| inside[0].went_well());
        assert!(enter(&gate).is_some());
        drop(inside);
        assert_eq!((0..9).filter_map(|_| enter(&gate)).map(std::mem::forget).count(), 5);
    }

    #[test]
    fn refusal_after_refusal_leaves_one_inside() {
        let gate = Gate::new(25);
        for _ in 0..25 {
            if let Some(inside) = enter(&gate) {
                inside.too_many();
            }
        }
        let inside: Vec<Permit> = (0..25).filter_map(|_| enter(&gate)).collect();
        assert_eq!(inside.len(), 1);
    }

    /// Tells of refusals whenever more than `others_leave` are inside; how many there were over so many answers.
    fn refusals(gate: &Arc<Gate>, others_leave: usize, answers: u32) -> u32 {
        let mut refused = 0;
        for _ in 0..answers {
            let inside: Vec<Permit> = (0..5).filter_map(|_| enter(gate)).collect();
            let last = inside.last().unwrap();
            if inside.len() > others_leave {
                refused += 1;
                last.too_many();
            } else {
                last.went_well();
            }
        }
        refused
    }

    #[test]
    fn p1_a_place_that_others_keep_is_asked_for_less_and_less_and_taken_again_when_it_is_free() {
        let gate = Gate::new(5);
        assert!(refusals(&gate, 4, 10_000) <= 25, "a quarter in a hundred at most");
        assert_eq!(refusals(&gate, 5, 1_000), 0);
        assert_eq!((0..9).filter_map(|_| enter(&gate)).map(std::mem::forget).count(), 5);
    }
}
