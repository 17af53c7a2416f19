//! Jobs, each at a host, in; one after the other out, so that no host is asked twice at a time, or too soon again.
//!
//! Each host has a queue, its jobs come in their order, and between two of them there is a gap. Threads that look for
//! work take the first job of the host that has waited longest. Whoever has a job has the [`Turn`] of its host; a
//! redirect to another host needs the turn of that one, and nobody has two turns, so that all can go on.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::outcome::Outcome;

/// How often somebody who waits looks whether the waiting was called off.
pub(super) const GLANCE: Duration = Duration::from_millis(50);

/// A host that was silent so often in a row is not tried any more in this run: fifty feeds of one that is down would
/// take fifty times the longest time.
const PATIENCE: u32 = 2;

/// The queues of all hosts, for several threads.
pub(super) struct Hosts<J> {
    queues: Mutex<Queues<J>>,
    changed: Condvar,
}

/// What there is to do now.
#[derive(Debug, PartialEq, Eq)]
enum Next<J> {
    /// This, at this host.
    Job(usize, J),
    /// Nothing before then, unless a turn ends.
    Wait(Option<Instant>),
    /// Nothing any more.
    Done,
}

/// The queues of all hosts, at moments that are given.
struct Queues<J> {
    gap: Duration,
    closed: bool,
    numbers: HashMap<String, usize>,
    hosts: Vec<Host<J>>,
    /// The hosts with jobs whose turn nobody has, by when they may be asked.
    ready: BTreeSet<(Instant, usize)>,
}

struct Host<J> {
    jobs: VecDeque<J>,
    taken: bool,
    /// When it may be asked again.
    free_at: Instant,
    /// How often in a row it was silent.
    silences: u32,
    /// What comes of each further job at it, where that is known without asking.
    verdict: Option<Outcome>,
}

impl<J> Queues<J> {
    fn new(jobs: impl IntoIterator<Item = (String, J)>, gap: Duration, now: Instant) -> Self {
        let mut queues =
            Self { gap, closed: false, numbers: HashMap::new(), hosts: Vec::new(), ready: BTreeSet::new() };
        for (host, job) in jobs {
            let number = queues.number(&host, now);
            queues.hosts[number].jobs.push_back(job);
            queues.ready.insert((now, number));
        }
        queues
    }

    fn number(&mut self, host: &str, now: Instant) -> usize {
        if let Some(number) = self.numbers.get(host) {
            return *number;
        }
        self.numbers.insert(host.to_owned(), self.hosts.len());
        let host = Host { jobs: VecDeque::new(), taken: false, free_at: now, silences: 0, verdict: None };
        self.hosts.push(host);
        self.hosts.len() - 1
    }

    /// The first job that may be done now; its host is taken then.
    fn next(&mut self, now: Instant) -> Next<J> {
        if self.closed {
            return Next::Done;
        }
        match self.ready.first().copied() {
            Some((at, number)) if at <= now => {
                self.ready.pop_first();
                self.hosts[number].taken = true;
                match self.hosts[number].jobs.pop_front() {
                    Some(job) => Next::Job(number, job),
                    None => Next::Done,
                }
            }
            Some((at, _)) => Next::Wait(Some(at)),
            None if self.hosts.iter().any(|host| !host.jobs.is_empty()) => Next::Wait(None),
            None => Next::Done,
        }
    }

    /// Takes a host if that can be done now, else says when it may be.
    fn take(&mut self, number: usize, at_once: bool, now: Instant) -> Result<(), Option<Instant>> {
        let host = &mut self.hosts[number];
        if host.taken {
            return Err(None);
        }
        if host.free_at > now && !at_once {
            return Err(Some(host.free_at));
        }
        host.taken = true;
        self.ready.remove(&(host.free_at, number));
        Ok(())
    }

    /// Gives a host back; the gap begins if it was asked for something.
    fn give_back(&mut self, number: usize, was_asked: bool, now: Instant) {
        let gap = self.gap;
        let host = &mut self.hosts[number];
        host.taken = false;
        if was_asked {
            host.free_at = now + gap;
        }
        if !host.jobs.is_empty() {
            self.ready.insert((host.free_at, number));
        }
    }

    /// Learns from what came of asking a host what will come of asking it again.
    fn learn(&mut self, number: usize, outcome: &Outcome) {
        let host = &mut self.hosts[number];
        host.silences = if outcome.is_silence() { host.silences + 1 } else { 0 };
        if host.silences >= PATIENCE || matches!(outcome, Outcome::RateLimited { .. }) {
            host.verdict = Some(outcome.clone());
        }
    }
}

impl<J> Hosts<J> {
    /// Jobs with the names of their hosts.
    pub(super) fn new(jobs: impl IntoIterator<Item = (String, J)>, gap: Duration) -> Self {
        Self { queues: Mutex::new(Queues::new(jobs, gap, Instant::now())), changed: Condvar::new() }
    }

    /// How many hosts have jobs.
    pub(super) fn count(&self) -> usize {
        self.queues().hosts.len()
    }

    /// Waits for a job and the turn at its host; none if all are given out, or the work was called off.
    pub(super) fn next(&self) -> Option<(J, Turn<'_, J>)> {
        let mut queues = self.queues();
        loop {
            let now = Instant::now();
            match queues.next(now) {
                Next::Job(number, job) => return Some((job, Turn { hosts: self, number, was_asked: false })),
                Next::Wait(until) => queues = self.wait(queues, until, now),
                Next::Done => return None,
            }
        }
    }

    /// Waits for the turn at a host; none if the work was called off. With `at_once` the gap is not waited for: the
    /// host has just said where to ask on.
    pub(super) fn turn(&self, host: &str, at_once: bool) -> Option<Turn<'_, J>> {
        let mut queues = self.queues();
        loop {
            let now = Instant::now();
            let number = queues.number(host, now);
            if queues.closed {
                return None;
            }
            match queues.take(number, at_once, now) {
                Ok(()) => return Some(Turn { hosts: self, number, was_asked: false }),
                Err(until) => queues = self.wait(queues, until, now),
            }
        }
    }

    /// Calls off what has not begun.
    pub(super) fn close(&self) {
        self.queues().closed = true;
        self.changed.notify_all();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.queues().closed
    }

    fn wait<'m>(
        &self,
        queues: MutexGuard<'m, Queues<J>>,
        until: Option<Instant>,
        now: Instant,
    ) -> MutexGuard<'m, Queues<J>> {
        let wait = until.map_or(GLANCE, |until| until.saturating_duration_since(now).min(GLANCE));
        self.changed.wait_timeout(queues, wait).unwrap_or_else(PoisonError::into_inner).0
    }

    fn queues(&self) -> MutexGuard<'_, Queues<J>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to ask a host, which nobody else has until this is dropped.
pub(super) struct Turn<'h, J> {
    hosts: &'h Hosts<J>,
    number: usize,
    was_asked: bool,
}

impl<J> Turn<'_, J> {
    /// What will come of asking, where that is known.
    pub(super) fn verdict(&self) -> Option<Outcome> {
        self.hosts.queues().hosts[self.number].verdict.clone()
    }

    /// The host is being asked.
    pub(super) fn asks(&mut self) {
        self.was_asked = true;
    }

    /// What came of it.
    pub(super) fn learn(&self, outcome: &Outcome) {
        self.hosts.queues().learn(self.number, outcome);
    }
}

impl<J> Drop for Turn<'_, J> {
    fn drop(&mut self) {
        self.hosts.queues().give_back(self.number, self.was_asked, Instant::now());
        self.hosts.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAP: Duration = Duration::from_secs(1);

    fn queues(jobs: &[(&str, u8)]) -> (Queues<u8>, Instant) {
        let now = Instant::now();
        (Queues::new(jobs.iter().map(|(host, job)| ((*host).to_owned(), *job)), GAP, now), now)
    }

    #[test]
    fn hosts_are_asked_side_by_side_and_each_in_its_order_with_a_gap() {
        let (mut queues, now) = queues(&[("a", 1), ("a", 2), ("b", 3)]);
        assert_eq!(queues.next(now), Next::Job(0, 1));
        assert_eq!(queues.next(now), Next::Job(1, 3));
        assert_eq!(queues.next(now), Next::Wait(None), "a is taken");
        queues.give_back(0, true, now + GAP);
        assert_eq!(queues.next(now + GAP), Next::Wait(Some(now + GAP * 2)));
        assert_eq!(queues.next(now + GAP * 2), Next::Job(0, 2));
        assert_eq!(queues.next(now + GAP * 2), Next::Done);
    }

    #[test]
    fn a_host_that_was_not_asked_needs_no_gap() {
        let (mut queues, now) = queues(&[("a", 1), ("a", 2)]);
        assert_eq!(queues.next(now), Next::Job(0, 1));
        queues.give_back(0, false, now);
        assert_eq!(queues.next(now), Next::Job(0, 2));
    }

    #[test]
    fn a_redirect_waits_for_its_turn_and_for_the_gap_unless_the_host_has_sent_it_on_itself() {
        let (mut queues, now) = queues(&[("a", 1), ("b", 2)]);
        assert_eq!(queues.next(now), Next::Job(0, 1));
        assert_eq!(queues.take(0, true, now), Err(None));
        queues.give_back(0, true, now);
        assert_eq!(queues.take(0, false, now), Err(Some(now + GAP)));
        assert_eq!(queues.take(0, true, now), Ok(()));
        assert_eq!(queues.take(1, false, now), Ok(()));
        assert_eq!(queues.next(now), Next::Wait(None), "b has a job and is taken");
        queues.give_back(1, true, now);
        assert_eq!(queues.next(now + GAP), Next::Job(1, 2));
    }

    #[test]
    fn a_host_that_is_silent_or_wants_rest_is_known_to_be_so() {
        let (mut queues, _) = queues(&[("a", 1), ("b", 2)]);
        queues.learn(0, &Outcome::TimedOut);
        queues.learn(0, &Outcome::Refused { status: 404 });
        queues.learn(0, &Outcome::TimedOut);
        assert_eq!(queues.hosts[0].verdict, None);
        queues.learn(0, &Outcome::ConnectionFailed);
        assert_eq!(queues.hosts[0].verdict, Some(Outcome::ConnectionFailed));
        let limited = Outcome::RateLimited { until: jiff::Timestamp::UNIX_EPOCH };
        queues.learn(1, &limited);
        assert_eq!(queues.hosts[1].verdict, Some(limited));
    }

    #[test]
    fn nothing_is_given_out_any_more_once_the_work_was_called_off() {
        let hosts = Hosts::new([("a".to_owned(), 1), ("b".to_owned(), 2)], GAP);
        let first = hosts.next().unwrap();
        hosts.close();
        assert!(hosts.next().is_none() && hosts.turn("c", true).is_none() && hosts.turn("a", true).is_none());
        drop(first);
    }
}
