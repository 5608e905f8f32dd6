//! Many texts on several threads that belong to one call: no pool outlives it, so that `fork` is safe.
//!
//! A call that is interrupted does not wait for the texts under way, however long they are: its threads own what they
//! read, finish the item they are at, and end.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::doc::Doc;
use crate::sentence::LineMode;

/// Time between two polls: Ctrl-C is answered after this.
const POLL: Duration = Duration::from_millis(50);

/// Reads the texts, quotations included, on at most `threads` threads; the documents come in the order of the texts.
#[must_use]
pub fn parse(texts: &[&str], threads: usize, lines: LineMode) -> Vec<Doc> {
    let read = move |text: &String, _: &AtomicBool| {
        let doc = Doc::with_lines(text.as_str(), lines);
        let _ = doc.quotes();
        doc
    };
    let owned = texts.iter().map(ToString::to_string).collect();
    match map_polled(owned, threads, read, || Ok::<(), Infallible>(())) {
        Ok(docs) => docs,
        Err(never) => match never {},
    }
}

/// `work` applied to every item on at most `threads` threads, results in the order of the items, while this thread
/// calls `poll` now and then; if that fails, no further item is begun and its error is given at once.
///
/// `work` is given a flag that says when its result is not wanted any more. Threads take the next item as they become
/// free, so that one long text does not hold up a share of the others.
pub(crate) fn map_polled<I, O, E>(
    items: Vec<I>,
    threads: usize,
    work: impl Fn(&I, &AtomicBool) -> O + Send + Sync + 'static,
    mut poll: impl FnMut() -> Result<(), E>,
) -> Result<Vec<O>, E>
where
    I: Send + Sync + 'static,
    O: Send + 'static,
{
    let count = items.len();
    let shared = Arc::new(Shared { items, work, next: AtomicUsize::new(0), stopped: AtomicBool::new(false) });
    let (sender, receiver) = channel();
    let mut workers = Vec::new();
    for _ in 0..threads.clamp(1, count.max(1)) {
        let (shared, sender) = (Arc::clone(&shared), sender.clone());
        match thread::Builder::new().spawn(move || shared.run(&sender)) {
            Ok(worker) => workers.push(worker),
            Err(_) => break, // as many as the system grants
        }
    }
    if workers.is_empty() {
        shared.run(&sender);
    }
    drop(sender);
    let mut results = Vec::with_capacity(count);
    let mut polled = Instant::now();
    loop {
        match receiver.recv_timeout(POLL.saturating_sub(polled.elapsed())) {
            Ok(result) => results.push(result),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if polled.elapsed() >= POLL {
            if let Err(error) = poll() {
                shared.stopped.store(true, Ordering::Relaxed);
                return Err(error);
            }
            polled = Instant::now();
        }
    }
    for worker in workers {
        if let Err(cause) = worker.join() {
            std::panic::resume_unwind(cause);
        }
    }
    results.sort_unstable_by_key(|(index, _)| *index);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

/// What the threads of a call share.
struct Shared<I, W> {
    items: Vec<I>,
    work: W,
    next: AtomicUsize,
    stopped: AtomicBool,
}

impl<I, W> Shared<I, W> {
    /// Takes items until there are no more, or nobody wants their results.
    fn run<O>(&self, sender: &Sender<(usize, O)>)
    where
        W: Fn(&I, &AtomicBool) -> O,
    {
        while !self.stopped.load(Ordering::Relaxed) {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = self.items.get(index) else { break };
            if sender.send((index, (self.work)(item, &self.stopped))).is_err() {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    use super::{AtomicBool, map_polled};

    #[test]
    fn the_order_is_that_of_the_items_whatever_the_number_of_threads() {
        let items: Vec<u32> = (0..1000).collect();
        for threads in [0, 1, 2, 7] {
            let doubled = map_polled(items.clone(), threads, |item, _| item * 2, || Ok::<(), ()>(()));
            assert_eq!(doubled, Ok(items.iter().map(|item| item * 2).collect()));
        }
        assert_eq!(map_polled(Vec::new(), 2, |item: &u32, _| *item, || Ok::<(), ()>(())), Ok(Vec::new()));
    }

    #[test]
    fn a_failing_poll_ends_the_call_at_once_even_in_a_long_item() {
        let slow = |_: &u64, _: &AtomicBool| sleep(Duration::from_secs(5));
        let start = Instant::now();
        assert_eq!(map_polled(vec![1; 500], 2, slow, || Err("stop")), Err("stop"));
        assert!(start.elapsed() < Duration::from_secs(2));
    }

    #[test]
    #[should_panic(expected = "odd item")]
    fn a_panic_of_a_thread_is_one_of_the_call() {
        let odd = |item: &u32, _: &AtomicBool| assert!(item.is_multiple_of(2), "odd item");
        let _ = map_polled(vec![2, 3, 4], 2, odd, || Ok::<(), ()>(()));
    }
}
