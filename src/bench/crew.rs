//! Stories in, what is made of each out, worked on side by side.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::{Error, ErrorKind};

/// Threads that work on a story each. What a stage does in parallel stays on the thread of its story, for which rayon
/// has to be told that there is no other.
pub struct Crew(Vec<ThreadPool>);

impl Crew {
    /// So many threads; at least 1.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Usage`] where the system does not give so many.
    pub fn new(threads: usize) -> Result<Self, Error> {
        let pools = (0..threads.max(1)).map(|_| ThreadPoolBuilder::new().num_threads(1).build());
        let pools: Result<Vec<ThreadPool>, _> = pools.collect();
        let refuse = |error: rayon::ThreadPoolBuildError| {
            Error::new(ErrorKind::Usage, format!("--threads {threads}"), error.to_string(), "give fewer")
        };
        pools.map(Self).map_err(refuse)
    }

    /// What `work` makes of each of `items`, in their order; the first so many of them if it is stopped. `work` is given
    /// the place of the item, too. `tell` hears, on the thread that calls, how many are done each time that one is.
    pub fn work<T: Sync, R: Send>(
        &self,
        items: &[T],
        stop: &AtomicBool,
        work: impl Fn(usize, &T) -> R + Sync,
        mut tell: impl FnMut(usize),
    ) -> Vec<R> {
        let (next, work) = (&AtomicUsize::new(0), &work);
        let (sender, receiver) = mpsc::channel();
        let mut done: BTreeMap<usize, R> = BTreeMap::new();
        std::thread::scope(|scope| {
            for pool in &self.0 {
                let sender = sender.clone();
                let lend_a_hand = move || {
                    while !stop.load(Ordering::Relaxed) {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(item) = items.get(at) else { break };
                        // Nobody listens any more only where the one who called has panicked.
                        let _ = sender.send((at, work(at, item)));
                    }
                };
                scope.spawn(move || pool.install(lend_a_hand));
            }
            drop(sender);
            for (at, result) in receiver {
                done.insert(at, result);
                tell(done.len());
            }
        });
        // Numbers are given out in order and each is finished, so there is no gap.
        done.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn work_is_given_back_in_order_at_any_number_of_threads_and_told_one_by_one() {
        let items: Vec<u64> = (0..50).collect();
        let stop = AtomicBool::new(false);
        for threads in [1, 3] {
            let crew = Crew::new(threads).unwrap();
            let slow_at_first = |_, item: &u64| {
                std::thread::sleep(Duration::from_micros(200 - 4 * item));
                item * 2
            };
            let expected: Vec<u64> = items.iter().map(|item| item * 2).collect();
            let mut told = Vec::new();
            assert_eq!(crew.work(&items, &stop, slow_at_first, |done| told.push(done)), expected);
            assert_eq!(told, (1..=50).collect::<Vec<usize>>());
        }
    }

    #[test]
    fn whoever_is_stopped_gives_back_what_is_done() {
        let stop = AtomicBool::new(false);
        let stop_at_two = |_, item: &i32| {
            stop.store(*item == 2, Ordering::Relaxed);
            *item
        };
        assert_eq!(Crew::new(1).unwrap().work(&[1, 2, 3, 4], &stop, stop_at_two, |_| {}), [1, 2]);
    }
}
