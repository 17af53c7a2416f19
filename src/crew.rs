//! Stories in, what is made of each out, worked on side by side and given back in their order.
//!
//! [`Crew::work`] is for stories that are all there. [`Crew::stream`] is for a stream of them that may have no end: it takes
//! no more in than there is room for, and room is made as results are taken out.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::{Error, ErrorKind};

/// Threads that work on a story each. What a stage does in parallel stays on the thread of its story, for which rayon
/// has to be told that there is no other.
pub struct Crew(Vec<ThreadPool>);

/// How much of a stream may be in hand: taken in and not yet taken out again. One item may always be, however heavy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// So many items.
    pub items: usize,
    /// So much weight of all of them.
    pub weight: usize,
}

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
        thread::scope(|scope| {
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

    /// What `work` makes of each of `items`, in their order, as far as there is `room` for by what each of them weighs.
    /// Ends soon after `stop` becomes true, with what is done in order until then.
    ///
    /// The items are drawn on a thread of their own, because drawing one may take as long as it takes somebody to write it.
    ///
    /// # Panics
    ///
    /// Where `items` or `work` have panicked, when the result is asked for.
    pub fn stream<T: Send + 'static, R: Send + 'static>(
        self,
        items: impl Iterator<Item = T> + Send + 'static,
        weigh: impl Fn(&T) -> usize + Send + 'static,
        room: Room,
        stop: Arc<AtomicBool>,
        work: impl Fn(T) -> R + Send + Sync + 'static,
    ) -> InOrder<R> {
        let gate = Arc::new(Gate::new(room));
        let (admit, admitted) = mpsc::channel();
        let (finish, finished) = mpsc::channel();
        let (admitted, work) = (Arc::new(Mutex::new(admitted)), Arc::new(work));
        for pool in &self.0 {
            let (admitted, work, finish, gate) = (admitted.clone(), work.clone(), finish.clone(), gate.clone());
            pool.spawn(move || {
                while let Some((at, weight, item)) = next(&admitted).filter(|_| !gate.is_closed()) {
                    let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                    if finish.send((at, Finished { weight, result })).is_err() {
                        break;
                    }
                }
            });
        }
        let entrance = gate.clone();
        thread::spawn(move || {
            let mut drawn = 0;
            let draw = || {
                for item in items {
                    let weight = weigh(&item);
                    if !entrance.enter(weight) || admit.send((drawn, weight, item)).is_err() {
                        break;
                    }
                    drawn += 1;
                }
            };
            if let Err(panic) = catch_unwind(AssertUnwindSafe(draw)) {
                // Nobody listens any more where the stream was let go of.
                let _ = finish.send((drawn, Finished { weight: 0, result: Err(panic) }));
            }
        });
        InOrder { _crew: self, gate, finished, stop, early: BTreeMap::new(), next: 0, handed_out: None }
    }
}

/// The next item for whichever thread is free.
fn next<T>(items: &Mutex<Receiver<T>>) -> Option<T> {
    items.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// What is made of a stream, in its order.
pub struct InOrder<R> {
    _crew: Crew,
    gate: Arc<Gate>,
    finished: Receiver<(usize, Finished<R>)>,
    stop: Arc<AtomicBool>,
    /// What was finished before its turn.
    early: BTreeMap<usize, Finished<R>>,
    /// Whose turn it is.
    next: usize,
    /// The weight of what was handed out last: it is in hand until the next is asked for.
    handed_out: Option<usize>,
}

struct Finished<R> {
    weight: usize,
    result: thread::Result<R>,
}

/// How often somebody who waits looks whether the waiting was called off.
const GLANCE: Duration = Duration::from_millis(50);

impl<R> Iterator for InOrder<R> {
    type Item = R;

    fn next(&mut self) -> Option<R> {
        if let Some(weight) = self.handed_out.take() {
            self.gate.leave(weight);
        }
        while !self.stop.load(Ordering::Relaxed) {
            if let Some(Finished { weight, result }) = self.early.remove(&self.next) {
                let result = result.unwrap_or_else(|panic| resume_unwind(panic));
                self.next += 1;
                self.handed_out = Some(weight);
                return Some(result);
            }
            match self.finished.recv_timeout(GLANCE) {
                Ok((at, finished)) => {
                    self.early.insert(at, finished);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        None
    }
}

impl<R> Drop for InOrder<R> {
    /// Nothing more is drawn. An item that is being drawn or worked on is not waited for.
    fn drop(&mut self) {
        self.gate.close();
    }
}

/// What lets items in as long as there is room.
struct Gate {
    room: Room,
    inside: Mutex<Inside>,
    changed: Condvar,
}

#[derive(Default)]
struct Inside {
    items: usize,
    weight: usize,
    closed: bool,
}

impl Gate {
    fn new(room: Room) -> Self {
        Self { room, inside: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits for room; false if the gate is closed.
    fn enter(&self, weight: usize) -> bool {
        let is_full = |inside: &mut Inside| {
            let fits = inside.items < self.room.items && inside.weight.saturating_add(weight) <= self.room.weight;
            !(inside.closed || inside.items == 0 || fits)
        };
        let mut inside = self.changed.wait_while(self.inside(), is_full).unwrap_or_else(PoisonError::into_inner);
        inside.items += 1;
        inside.weight += weight;
        !inside.closed
    }

    fn leave(&self, weight: usize) {
        let mut inside = self.inside();
        inside.items -= 1;
        inside.weight -= weight;
        self.changed.notify_all();
    }

    fn close(&self) {
        self.inside().closed = true;
        self.changed.notify_all();
    }

    fn is_closed(&self) -> bool {
        self.inside().closed
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn never() -> Arc<AtomicBool> {
        Arc::default()
    }

    const WIDE: Room = Room { items: 8, weight: usize::MAX };

    #[test]
    fn a_stream_is_given_back_in_order_at_any_number_of_threads() {
        for threads in [1, 3, 7] {
            let slow_at_first = |item: u64| {
                thread::sleep(Duration::from_micros(200 - item));
                item * 2
            };
            let doubled = Crew::new(threads).unwrap().stream(0..200, |_| 1, WIDE, never(), slow_at_first);
            assert_eq!(doubled.collect::<Vec<_>>(), (0..200).map(|item| item * 2).collect::<Vec<u64>>());
        }
    }

    /// Lets a stream of items with these weights run full before the first is done, and gives back the most items and the
    /// most weight that had been drawn and not been taken out at any time.
    fn most_in_hand(weights: &'static [usize], room: Room, full: usize) -> (usize, usize) {
        let (drawn, taken) = (Arc::new(Mutex::new((0, 0))), Arc::new(Mutex::new((0, 0))));
        let most = Arc::new(Mutex::new((0, 0)));
        let (is_full, wait_until_full) = mpsc::channel();
        let wait_until_full = Mutex::new(wait_until_full);
        let items = {
            let (drawn, taken, most) = (drawn.clone(), taken.clone(), most.clone());
            weights.iter().enumerate().inspect(move |(at, weight)| {
                let (mut drawn, taken, mut most) = (drawn.lock().unwrap(), taken.lock().unwrap(), most.lock().unwrap());
                *drawn = (drawn.0 + 1, drawn.1 + **weight);
                *most = (most.0.max(drawn.0 - taken.0), most.1.max(drawn.1 - taken.1));
                if at + 1 == full {
                    is_full.send(()).unwrap();
                }
            })
        };
        let first_waits = move |(at, weight): (usize, &usize)| {
            if at == 0 {
                wait_until_full.lock().unwrap().recv().unwrap();
            }
            *weight
        };
        let weigh = |(_, weight): &(usize, &usize)| **weight;
        let stream = Crew::new(2).unwrap().stream(items, weigh, room, never(), first_waits);
        for weight in stream {
            let mut taken = taken.lock().unwrap();
            *taken = (taken.0 + 1, taken.1 + weight);
        }
        assert_eq!(taken.lock().unwrap().0, weights.len());
        *most.lock().unwrap()
    }

    #[test]
    fn no_more_is_drawn_than_there_is_room_for_and_one_that_waits_for_it() {
        let (items, _) = most_in_hand(&[1; 500], Room { items: 10, weight: 1_000 }, 11);
        assert_eq!(items, 10 + 1);
        let (_, weight) = most_in_hand(&[30; 500], Room { items: 100, weight: 100 }, 4);
        assert_eq!(weight, 3 * 30 + 30);
        // What is too heavy for the room goes through alone.
        let (_, weight) = most_in_hand(&[7, 400, 7, 400, 400], Room { items: 100, weight: 100 }, 2);
        assert!((407..=800).contains(&weight), "{weight}");
    }

    #[test]
    fn a_stream_that_is_stopped_ends_though_more_never_comes() {
        let (sender, receiver) = mpsc::channel();
        sender.send(1).unwrap();
        let stop = never();
        let mut stream = Crew::new(2).unwrap().stream(receiver.into_iter(), |_| 1, WIDE, stop.clone(), |item| item);
        assert_eq!(stream.next(), Some(1));
        stop.store(true, Ordering::Relaxed);
        assert_eq!(stream.next(), None);
        drop(sender);
    }

    #[test]
    fn nothing_is_drawn_for_who_has_left() {
        let drawn = Arc::new(AtomicUsize::new(0));
        let (count, (ended, end)) = (drawn.clone(), mpsc::channel::<()>());
        let items = (0..).inspect(move |_| {
            let _ = &ended;
            count.fetch_add(1, Ordering::Relaxed);
        });
        let mut stream = Crew::new(2).unwrap().stream(items, |_| 1, WIDE, never(), |item: u64| item);
        assert_eq!(stream.next(), Some(0));
        drop(stream);
        // The stream is let go of, and with it the sender.
        assert!(end.recv().is_err());
        assert!(drawn.load(Ordering::Relaxed) <= 1 + WIDE.items + 1);
    }

    #[test]
    #[should_panic(expected = "at two")]
    fn a_panic_reaches_the_one_who_asks() {
        let panic_at_two = |item| if item == 2 { panic!("at two") } else { item };
        let stream = Crew::new(2).unwrap().stream(0..9, |_| 1, WIDE, never(), panic_at_two);
        assert_eq!(stream.count(), 9);
    }

    #[test]
    #[should_panic(expected = "the source")]
    fn so_does_one_of_the_source() {
        let items = (0..9).inspect(|item| {
            if *item == 5 {
                panic!("the source")
            }
        });
        let stream = Crew::new(2).unwrap().stream(items, |_| 1, WIDE, never(), |item| item);
        assert_eq!(stream.count(), 9);
    }
}
